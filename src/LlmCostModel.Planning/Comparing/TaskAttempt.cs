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

    /// <summary>Gets the ISO 4217 code of the currency of <see cref="Amount"/>.</summary>
    /// <value>Default <c>USD</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Currency { get; init => field = CurrencyName.Require(value); } = CurrencyName.Default;

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

    /// <summary>Runs several models in one attempt: an architect and an editor, a solver and a judge.</summary>
    /// <param name="solveRate">The share of attempts that solve the task, measured of all of them together, 0 to 1.</param>
    /// <param name="parts">What each of them costs in an attempt.</param>
    /// <returns>The attempt: the sum of the parts.</returns>
    /// <exception cref="ArgumentException">There is no part.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="solveRate"/> is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The parts are paid in different currencies.</exception>
    public static TaskAttempt Combine(decimal solveRate, params Money[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Length == 0
            ? throw new ArgumentException("An attempt has at least one part.", nameof(parts))
            : new()
            {
                Amount = parts.Sum(part => part.Amount),
                Currency = CurrencyName.Same(parts.Select(part => part.Currency), "The parts of the attempt"),
                SolveRate = solveRate,
            };
    }

    /// <summary>Draws several answers at once and keeps one that a check accepts: all are paid, one has to be right.</summary>
    /// <param name="samples">The answers drawn, 1 to 10,000.</param>
    /// <returns>The samples as one attempt, <c>k C</c> and <c>1 - (1 - p)^k</c>: the answers are taken to be right independently of each
    /// other, and the check to be right always.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is out of its range.</exception>
    public TaskAttempt TakeBest(int samples) => Drawn(samples, Binomial.GetShareAtLeast(1, CheckSamples(samples), (double)SolveRate));

    /// <summary>Draws several answers at once and takes the one that most of them give.</summary>
    /// <param name="samples">The answers drawn, 1 to 10,000.</param>
    /// <returns>The samples as one attempt: <c>k C</c>, and the chance that more than half of the answers are right, with half of the
    /// chance of a draw. That takes the answers to be right independently of each other, and the wrong ones to be the same, which is the
    /// worst they can be: measure the vote where you can, and state its own solve rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is out of its range.</exception>
    public TaskAttempt TakeMajority(int samples)
    {
        int half = CheckSamples(samples) / 2;
        double most = Binomial.GetShareAtLeast(half + 1, samples, (double)SolveRate);
        double draw = samples % 2 == 0 ? Binomial.GetShareAtLeast(half, samples, (double)SolveRate) - most : 0;
        return Drawn(samples, most + (draw / 2));
    }

    private TaskAttempt Drawn(int samples, double share) =>
        this with { Amount = Amount * samples, SolveRate = samples == 1 ? SolveRate : Math.Clamp(decimal.Round((decimal)share, 12), 0, 1) };

    private static int CheckSamples(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, 10_000);
        return samples;
    }

    /// <summary>Tries one way after the other until the task is solved: the cheap model first, the expensive one on failure, a person in
    /// the end.</summary>
    /// <param name="stages">The ways in order; the solve rate of each is that on the tasks which reach it.</param>
    /// <returns>The ways as one, <c>C1 + (1 - p1) C2 + ...</c>: what they cost on average, and how often one of them solves the task; both
    /// to 28 digits.</returns>
    /// <exception cref="ArgumentException">There is no stage.</exception>
    /// <exception cref="InvalidOperationException">The stages are paid in different currencies.</exception>
    public static TaskAttempt Cascade(params TaskAttempt[] stages) => Cascade((IEnumerable<TaskAttempt>)stages);

    /// <inheritdoc cref="Cascade(TaskAttempt[])"/>
    public static TaskAttempt Cascade(IEnumerable<TaskAttempt> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        TaskAttempt[] all = [.. stages];
        if (all.Length == 0)
        {
            throw new ArgumentException("A cascade has at least one stage.", nameof(stages));
        }

        decimal amount = 0, unsolved = 1;
        foreach (TaskAttempt stage in all)
        {
            amount += unsolved * stage.Amount;
            unsolved *= 1 - stage.SolveRate;
        }

        return new()
        {
            Amount = amount,
            Currency = CurrencyName.Same(all.Select(stage => stage.Currency), "The stages of the cascade"),
            SolveRate = 1 - unsolved,
        };
    }

    /// <summary>Computes what each further solved task costs when a costlier, better way replaces this one.</summary>
    /// <param name="better">The costlier way.</param>
    /// <returns><c>(C2 - C1) / (p2 - p1)</c>, correct to 28 digits; <see langword="null"/> when it solves no more.</returns>
    /// <exception cref="InvalidOperationException">The two are paid in different currencies.</exception>
    public decimal? GetAmountPerExtraSolved(TaskAttempt better)
    {
        ArgumentNullException.ThrowIfNull(better);
        CurrencyName.Same([Currency, better.Currency], "The two ways");
        return better.SolveRate <= SolveRate
            ? null
            : (
                (Rational.From(better.Amount) - Rational.From(Amount)) / (Rational.From(better.SolveRate) - Rational.From(SolveRate))
            ).ToDecimal(out _);
    }

    /// <summary>Shows amount and solve rate in the invariant culture.</summary>
    /// <returns>Such as <c>0.02 USD an attempt, 0.93 of them solve the task</c>.</returns>
    public override string ToString() =>
        $"{AmountFormat.ToText(Amount)} {Currency} an attempt, {AmountFormat.ToText(SolveRate)} of them solve the task";

    private static readonly JsonObject<TaskAttempt> Shape = new JsonObject<TaskAttempt>(() => new() { Amount = 0, SolveRate = 0 })
        .Required("amount", JsonOf.Decimal, value => value.Amount, (owner, value) => owner with { Amount = value })
        .Required("solveRate", JsonOf.Decimal, value => value.SolveRate, (owner, value) => owner with { SolveRate = value })
        .Optional("currency", JsonOf.Text, value => value.Currency, (owner, value) => owner with { Currency = value! });

    static JsonConverter<TaskAttempt> IJsonValue<TaskAttempt>.Json => Shape;
}
