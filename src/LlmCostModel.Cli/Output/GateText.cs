using System.Globalization;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Output;

/// <summary>Changes as people read them.</summary>
internal static class GateText
{
    public static string Verdict(GateVerdict verdict) => verdict switch
    {
        GateVerdict.WithinLimit => "within limit",
        GateVerdict.WithinNoise => "within noise",
        _ => JsonText.Camel(verdict.ToString()),
    };

    /// <summary>What a side cost: nothing where it lacks the scenario, and never 0 where it is not known.</summary>
    public static string Amount(GateSide? side, decimal? amount) =>
        amount is null && side is { IsPriced: false } ? "unpriced" : RoundedText.Amount(amount);

    /// <summary>A change with its sign, such as <c>+4.5%</c>; what is too small for two decimals says so.</summary>
    public static string Change(decimal? change) => ChangeBeyond(change, allowed: null);

    /// <summary>The same; more than is allowed looks so, and has as many decimals as that takes.</summary>
    public static string ChangeBeyond(decimal? change, decimal? allowed)
    {
        if (change is not { } share)
        {
            return "";
        }

        int decimals = 2;
        while (share > allowed && decimal.Round(share * 100, decimals) <= allowed * 100)
        {
            decimals++;
        }

        decimal percent = decimal.Round(share * 100, decimals);
        return percent != 0 ? percent.ToString($"+#,##0.{new string('#', decimals)};-#,##0.##", CultureInfo.InvariantCulture) + "%"
            : share == 0 ? "0%"
            : share > 0 ? "<+0.01%" : ">-0.01%";
    }

    /// <summary>The change from one number to another; none from nothing.</summary>
    public static string Change(decimal? before, decimal? after) =>
        before is null || after is null ? "" : before == 0 ? after == 0 ? "0%" : "" : Change((after.Value / before.Value) - 1);

    /// <summary>A share without a sign, such as <c>5%</c>.</summary>
    public static string Percent(decimal? share) => RoundedText.Percent(share);

    /// <summary>The limit, the instant and the noise, in a sentence.</summary>
    public static string Basis(GateResult result)
    {
        string instant = result.Instant switch
        {
            GateInstant.LastOfHead => ", when the last call of HEAD was made",
            GateInstant.LastOfBase => ", when the last call of BASE was made",
            GateInstant.Now => ", now",
            _ => "",
        };
        string runs = result.Run is null ? "" : $" Runs ({result.Run.Name}): {result.Base.Runs} of BASE, {result.Head.Runs} of HEAD; "
            + $"averages of one run; verdicts at {Percent(result.Confidence)} confidence.";
        string most = result.MaximumIncreaseAmount is { } limit ? $", and at most {limit}" : "";
        return $"Allowed: {Percent(result.MaximumIncrease)} more{most}. "
            + $"Both at the prices of {InstantText.Minute(result.At)}{instant}.{runs}";
    }
}
