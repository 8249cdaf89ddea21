using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Finds what the uncertainty of a forecast comes from: squared rank correlations (Spearman) with the total.</summary>
internal static class ForecastDrivers
{
    internal static ImmutableArray<ForecastDriver> Of(ForecastPlan plan, Scenarios scenarios, ScenarioAmounts amounts)
    {
        if (scenarios.Count == 1)
        {
            return [];
        }

        double[] ranks = RanksOf(Array.ConvertAll(amounts.Totals, total => (double)total));
        List<(string Name, double Squared)> drivers =
        [
            .. scenarios.Uncertain.Select(input => (
                plan.Lines.Length == 1 ? input.Name : $"{plan.Lines[input.Line].Label}: {input.Name}",
                Squared(ranks, RanksOf([.. input.Samples])))),
        ];
        if (plan.Lines.Any(Traffic.IsRandom))
        {
            double[] chance = [.. amounts.Totals.Select((total, i) =>
                amounts.WithoutChance[i] > 0 ? (double)total / amounts.WithoutChance[i] : 1)];
            drivers.Add(("chance", Squared(ranks, RanksOf(chance))));
        }

        double sum = drivers.Sum(driver => driver.Squared);
        return
        [
            .. drivers.OrderByDescending(driver => driver.Squared)
                .Select(driver => new ForecastDriver { Input = driver.Name, Share = sum == 0 ? 0 : driver.Squared / sum }),
        ];
    }

    private static double[] RanksOf(double[] values)
    {
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(values, order);
        double[] ranks = new double[values.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return ranks;
    }

    private static double Squared(double[] left, double[] right)
    {
        double middle = (left.Length - 1) / 2.0;
        double covariance = 0, variance = 0;
        for (int i = 0; i < left.Length; i++)
        {
            covariance += (left[i] - middle) * (right[i] - middle);
            variance += (left[i] - middle) * (left[i] - middle);
        }

        return Math.Pow(covariance / variance, 2);
    }
}
