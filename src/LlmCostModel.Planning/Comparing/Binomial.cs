namespace LlmCostModel.Planning;

/// <summary>The chances of a number of successes in independent trials.</summary>
internal static class Binomial
{
    /// <summary>The chance of at least so many successes.</summary>
    internal static double GetShareAtLeast(int successes, int trials, double chance)
    {
        if (successes <= 0)
        {
            return 1;
        }

        if (chance is <= 0 or >= 1)
        {
            return chance >= 1 && successes <= trials ? 1 : 0;
        }

        // By logarithms, from the least: the terms of a thousand trials are beyond the range of a double, their logarithms are not.
        double odds = Math.Log(chance) - Math.Log(1 - chance);
        double term = trials * Math.Log(1 - chance);
        double share = 0;
        for (int i = 0; i <= trials; i++)
        {
            share += i >= successes ? Math.Exp(term) : 0;
            term += Math.Log(trials - i) - Math.Log(i + 1) + odds;
        }

        return Math.Min(share, 1);
    }
}
