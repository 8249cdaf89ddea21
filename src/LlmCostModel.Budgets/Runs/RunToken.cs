using System.Collections.Immutable;
using System.Text.Json;

namespace LlmCostModel.Budgets.Runs;

/// <summary>A run and those above it as text, for another process: JSON in base64 that fits into an address, a header or a
/// variable.</summary>
internal static class RunToken
{
    private const int Version = 1;

    /// <param name="plans">The runs, the first one first.</param>
    internal static string Write(IEnumerable<RunPlan> plans)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("runs");
            foreach (RunPlan plan in plans)
            {
                Write(json, plan);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Convert.ToBase64String(text.ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="FormatException">The text is not a token.</exception>
    internal static ImmutableArray<RunPlan> Read(string token, int mostRuns, RunRules rules)
    {
        int version;
        ImmutableArray<RunPlan> plans = [];
        try
        {
            string padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            using JsonDocument json = JsonDocument.Parse(Convert.FromBase64String(padded));
            version = json.RootElement.GetProperty("version").GetInt32();
            if (version == Version)
            {
                plans = [.. json.RootElement.GetProperty("runs").EnumerateArray().Select(Read)];
            }
        }
        catch (Exception error) when (
            error is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException
                or OverflowException)
        {
            throw NotAToken("Some of it is missing or was changed.", error);
        }

        return version != Version ? throw NotAToken("Another version of this library wrote it.")
            : plans.Length >= 1 && plans.Length <= mostRuns && AreSound(plans, rules) ? plans
            : throw NotAToken("What it says of a run is out of its range.");
    }

    private static void Write(Utf8JsonWriter json, RunPlan plan)
    {
        json.WriteStartObject();
        json.WriteString("id", plan.Id);
        json.WriteString("key", plan.Key);
        json.WriteNumber("start", plan.StartedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("end", plan.EndsAt.ToUnixTimeMilliseconds());
        json.WriteNumber("wrapUpAt", plan.WrapUpAt);
        json.WriteStartArray("limits");
        foreach (RunPlan.Limit limit in plan.Limits)
        {
            json.WriteStartObject();
            json.WriteString("unit", limit.Unit.ToString());
            json.WriteString("currency", limit.Currency);
            json.WriteNumber("amount", limit.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static RunPlan Read(JsonElement run) => new(
        run.GetProperty("id").GetString()!,
        run.GetProperty("key").GetString()!,
        DateTimeOffset.FromUnixTimeMilliseconds(run.GetProperty("start").GetInt64()),
        DateTimeOffset.FromUnixTimeMilliseconds(run.GetProperty("end").GetInt64()),
        run.GetProperty("wrapUpAt").GetDecimal(),
        [
            .. run.GetProperty("limits").EnumerateArray().Select(limit => new RunPlan.Limit(
                Enum.Parse<BudgetUnit>(limit.GetProperty("unit").GetString()!),
                limit.GetProperty("currency").GetString()!,
                limit.GetProperty("amount").GetInt64())),
        ]);

    /// <summary>Whether this could be what a ledger wrote: a store and a clock must not be led astray by a text from elsewhere.</summary>
    private static bool AreSound(ImmutableArray<RunPlan> plans, RunRules rules)
    {
        for (int i = 0; i < plans.Length; i++)
        {
            RunPlan plan = plans[i];
            bool isSound = plan is { Id: not null, WrapUpAt: > 0 and <= 1 }
                && RunPlan.IsId(plan.Id)
                && Guid.TryParseExact(plan.Key, "N", out _)
                && plan.StartedAt < plan.EndsAt
                && plan.EndsAt - plan.StartedAt <= RunPlan.Longest
                && plan.Limits.All(limit => AreSound(limit, rules))
                && plan.Limits.Select(limit => (limit.Unit, limit.Currency)).Distinct().Count() == plan.Limits.Length
                && !plans.Take(i).Any(above => above.Key == plan.Key);
            if (!isSound)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSound(RunPlan.Limit limit, RunRules rules) =>
        limit.Amount >= 0
        && limit.Amount <= rules.MaxAmount
        && Enum.IsDefined(limit.Unit)
        && (limit.Unit == BudgetUnit.Money ? RunLimits.IsCurrency(limit.Currency) : limit.Currency == "");

    private static FormatException NotAToken(string why, Exception? error = null) =>
        new($"The text is not the token of a run. {why} Take it from BudgetRun.Token as it is.", error);
}
