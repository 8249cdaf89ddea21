using System.Text.Json.Serialization;

namespace LlmCostModel.Planning;

/// <summary>One way of attempting a task: what an attempt costs, and how often it solves the task.</summary>
[JsonConverter(typeof(JsonValueConverter<TaskAttempt>))]
public sealed record TaskAttempt : IJsonValue<TaskAttempt>
{
    /// <summary>Gets what an attempt costs, solved or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public required decimal Amount
    {
        get;
        init =>
            field =
                value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Amount), value, "An attempt cannot cost less than 0.");
    }

    /// <summary>Gets the share of attempts that solve the task, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public required decimal SolveRate
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(SolveRate), value, "A solve rate is from 0 to 1: 0.93 is 93%.");
    }

    /// <summary>Gets what a solved task costs, <c>C / p</c>, correct to 28 digits. Where failures are seen and tried again, it is the same
    /// for any number of tries.</summary>
    /// <value><see langword="null"/> when nothing is ever solved.</value>
    public decimal? AmountPerSolved => SolveRate == 0 ? null : (Rational.From(Amount) / Rational.From(SolveRate)).ToDecimal(out _);

    /// <summary>Tries again while the task is not solved, up to a number of attempts.</summary>
    /// <param name="attempts">How often it is tried at most, 1 to 1,000.</param>
    /// <returns>The attempts as one: what they cost on average, and how often one of them solves the task; both to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attempts"/> is out of its range.</exception>
    public TaskAttempt Repeat(int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempts, 1_000);
        return Cascade(Enumerable.Repeat(this, attempts));
    }

    /// <summary>Tries one way after the other until the task is solved: the cheap model first, the expensive one on failure, a person in
    /// the end.</summary>
    /// <param name="stages">The ways in order; the solve rate of each is that on the tasks which reach it.</param>
    /// <returns>The ways as one, <c>C1 + (1 - p1) C2 + ...</c>: what they cost on average, and how often one of them solves the task; both
    /// to 28 digits.</returns>
    /// <exception cref="ArgumentException">There is no stage.</exception>
    public static TaskAttempt Cascade(params TaskAttempt[] stages) => Cascade((IEnumerable<TaskAttempt>)stages);

    /// <inheritdoc cref="Cascade(TaskAttempt[])"/>
    public static TaskAttempt Cascade(IEnumerable<TaskAttempt> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        decimal amount = 0, unsolved = 1;
        bool any = false;
        foreach (TaskAttempt stage in stages)
        {
            any = true;
            amount += unsolved * stage.Amount;
            unsolved *= 1 - stage.SolveRate;
        }

        return any
            ? new() { Amount = amount, SolveRate = 1 - unsolved }
            : throw new ArgumentException("A cascade has at least one stage.", nameof(stages));
    }

    /// <summary>Computes what each further solved task costs when a costlier, better way replaces this one.</summary>
    /// <param name="better">The costlier way.</param>
    /// <returns><c>(C2 - C1) / (p2 - p1)</c>, correct to 28 digits; <see langword="null"/> when it solves no more.</returns>
    public decimal? GetAmountPerExtraSolved(TaskAttempt better)
    {
        ArgumentNullException.ThrowIfNull(better);
        return better.SolveRate <= SolveRate
            ? null
            : (
                (Rational.From(better.Amount) - Rational.From(Amount)) / (Rational.From(better.SolveRate) - Rational.From(SolveRate))
            ).ToDecimal(out _);
    }

    /// <summary>Shows amount and solve rate in the invariant culture.</summary>
    /// <returns>Such as <c>0.02 an attempt, 0.93 of them solve the task</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(Amount)} an attempt, {AmountFormat.ToText(SolveRate)} of them solve the task";

    private static readonly JsonObject<TaskAttempt> Shape = new JsonObject<TaskAttempt>(() => new() { Amount = 0, SolveRate = 0 })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Required("solveRate", JsonOf.Decimal, value => value.SolveRate, (owner, value) => owner with { SolveRate = value });

    static JsonConverter<TaskAttempt> IJsonValue<TaskAttempt>.Json => Shape;
}
