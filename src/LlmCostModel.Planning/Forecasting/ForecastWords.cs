using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Says what a forecast assumes, and what it leaves out where that may matter.</summary>
internal static class ForecastWords
{
    /// <summary>Below so many requests a month, the chance of single calls shows in a bill.</summary>
    private const double FewRequests = 10_000;

    /// <summary>Prompts of a mean of less than this share of a threshold hardly ever exceed it.</summary>
    private const double NearThreshold = 0.05;

    internal static ImmutableArray<string> Assumptions(ForecastPlan plan, int samples, LineForecast[] lines)
    {
        List<string> words = [];
        foreach (LineForecast line in lines)
        {
            string name = plan.Lines.Length == 1 ? "" : $"{line.Line.Label}: ";
            words.AddRange(OfLine(plan, line).Select(sentence => $"{name}{sentence}"));
        }

        words.Add(plan.Correlation == 0
            ? "The inputs are independent of each other."
            : FormattableString.Invariant($"Every two inputs go together with a correlation of {plan.Correlation:0.###}."));
        words.Add(samples == 1
            ? "Nothing is uncertain: one scenario, priced exactly."
            : FormattableString.Invariant($"{samples} scenarios, seed {plan.Seed}."));
        return [.. words];
    }

    internal static ImmutableArray<string> Notes(LineForecast[] lines) => [.. lines.SelectMany(Notes)];

    private static IEnumerable<string> OfLine(ForecastPlan plan, LineForecast forecast)
    {
        ForecastLine line = forecast.Line;
        foreach ((string name, Uncertain value) in line.Inputs)
        {
            if (value.Exact != 0)
            {
                string of = name == "requests" && line.GrowthFrom is { } from
                    ? FormattableString.Invariant($" a month, as of {from:yyyy-MM-dd}")
                    : "";
                yield return $"{name}: {value}{of}";
            }
        }

        if (plan.Months > 1)
        {
            yield return line.Profile is { IsEven: false }
                ? "Months have the requests of their days, weekdays and hours."
                : "Months have the requests of their days.";
            yield return line.GrowthNoise > 0
                ? FormattableString.Invariant($"The growth of single months departs from the mean by {line.GrowthNoise * 100:0.##} points.")
                : "Requests grow by the same share every month.";
        }

        if (line.Noise > 0)
        {
            yield return FormattableString.Invariant($"The requests of single months depart from what is expected by {line.Noise:0.##%}.");
        }

        yield return line.Bursts is { } bursts ? $"Bursts: {bursts}." : "There are no bursts.";
        yield return forecast.Traffic.HasChance
            ? $"Calls differ: {Differences(line)}. Their number {(forecast.Traffic.IsPoisson ? "varies by chance, too" : "is as stated")}."
            : "Every call has the mean length.";
        if (line.PriceFactor != 1)
        {
            yield return $"The prices are multiplied by {AmountFormat.ToText(line.PriceFactor)}.";
        }

        if (line.PricesUntil is { } end && line.Context.At is null && end < plan.Start.AddMonths(plan.Months))
        {
            yield return FormattableString.Invariant($"From {end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} on, the last prices before stay.");
        }

        yield return line.Context.At is { } at ? FormattableString.Invariant($"The prices are those of {at:u}.")
            : forecast.Prices.MostOfAMonth == 1 ? "Each month has the prices of that month."
            : line.Profile is { IsEven: false }
                ? "Requests come as the profile says, and have the prices of their hours: peak hours, discounts, changes."
                : "Requests are spread evenly over each month, so over all of its prices: peak hours, discounts, changes.";
    }

    private static string Differences(ForecastLine line)
    {
        string prompts = line.PromptLengths.IsEmpty
            ? FormattableString.Invariant($"prompts by {line.PromptVariation ?? 0:0.##} times their mean")
            : FormattableString.Invariant($"prompts as the {line.PromptLengths.Length} observed");
        return FormattableString.Invariant($"{prompts}, outputs by {line.OutputVariation ?? 0:0.##} times theirs");
    }

    private static IEnumerable<string> Notes(LineForecast forecast)
    {
        ForecastLine line = forecast.Line;
        double requests = line.Requests.Exact ?? line.Requests.GetQuantile(0.5);
        double prompt = forecast.Middle.Prompt;
        double output = forecast.Middle.Output + forecast.Middle.Reasoning;
        bool knowsPrompts = line.PromptVariation is not null || !line.PromptLengths.IsEmpty;
        foreach (TokenThreshold threshold in forecast.Prices.Thresholds)
        {
            bool isOutput = threshold.Basis == TokenBasis.Output;
            double mean = isOutput ? output : prompt;
            if (mean > threshold.Tokens * NearThreshold && (isOutput ? line.OutputVariation is null : !knowsPrompts))
            {
                yield return FormattableString.Invariant(
                    $"{line.Label}: calls have other prices where {threshold}, and every call is taken to have ")
                    + FormattableString.Invariant($"the mean of {mean:0} tokens. ")
                    + $"Say how much they differ in {(isOutput ? "outputVariation" : "promptVariation")}; 0 says that they do not.";
            }
        }

        if (forecast.Prices.Limits is { LongestInput: { } most } && prompt > most)
        {
            yield return FormattableString.Invariant(
                $"{line.Label}: a prompt has {prompt:N0} tokens on average, and the model takes {most:N0} at most: calls would fail.");
        }

        if (forecast.Prices.Limits?.GetLongestOutput((long)Math.Min(prompt, long.MaxValue / 2)) is { } longest && output > longest)
        {
            yield return FormattableString.Invariant(
                $"{line.Label}: an output has {output:N0} tokens on average, and the model writes {longest:N0} at most.");
        }

        if (!forecast.Traffic.HasChance && requests is > 0 and < FewRequests)
        {
            yield return FormattableString.Invariant(
                $"{line.Label}: with {requests:0.##} requests a month, chance shows in the bill, and it ")
                + "is left out. Say how much calls differ in promptVariation and outputVariation.";
        }

        if (forecast.Prices.MostOfAMonth > 1 && line.Profile is null)
        {
            yield return $"{line.Label}: the price depends on when calls are made, and they are spread evenly. "
                + "Say in profile when they come.";
        }
    }
}
