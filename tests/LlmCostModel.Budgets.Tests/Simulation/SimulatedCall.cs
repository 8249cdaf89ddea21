namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A call, and what the budgets may have counted for it when everything is over: exactly what its process said, as long as that
/// lives.</summary>
internal sealed class SimulatedCall
{
    internal required string Id { get; init; }

    internal required string User { get; init; }

    /// <summary>The run that it belongs to; <see langword="null"/> for none.</summary>
    internal BudgetRun? Run { get; init; }

    internal required decimal Ceiling { get; init; }

    internal required decimal Floor { get; init; }

    internal required decimal Actual { get; init; }

    internal decimal Least { get; private set; }

    internal decimal Most { get; private set; }

    /// <summary>How its process ended it, for the story of a world that broke.</summary>
    internal string Ends { get; set; } = "not at all";

    /// <summary>What can bring a limit above itself: spent beyond what was held, after it was held, or admitted without the store.</summary>
    internal decimal BeyondHold { get; set; }

    /// <summary>Whether only its process knows what it cost, which forgets it when it is killed.</summary>
    internal Func<bool>? IsForgotten { get; set; }

    /// <summary>Whether its floor may be counted although it was not made.</summary>
    internal Func<bool>? MayStayHeld { get; set; }

    internal void Is(decimal exactly) => (Least, Most) = (exactly, exactly);

    internal void IsBetween(decimal least, decimal most) => (Least, Most) = (least, most);
}
