namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>What goes wrong in a world.</summary>
internal sealed record SimulatedFaults
{
    /// <summary>The share of messages that never arrive.</summary>
    public double Lost { get; set; }

    /// <summary>The share of requests that arrive twice.</summary>
    public double Doubled { get; set; }

    /// <summary>The share of messages that take up to 2 seconds.</summary>
    public double Late { get; set; }

    /// <summary>Processes are killed.</summary>
    public bool Crashes { get; init; }

    /// <summary>The server is down for a while, keeping its data.</summary>
    public bool Outages { get; init; }

    /// <summary>Replicas take over that lag behind, and the server restarts without its data.</summary>
    public bool Rollbacks { get; init; }

    /// <summary>The server's clock is set, back and forth.</summary>
    public bool ClockSteps { get; init; }

    /// <summary>Calls cost more than what was held for them.</summary>
    public bool Overruns { get; init; }

    /// <summary>Leases end before their calls do.</summary>
    public bool ShortLives { get; init; }

    public StoreOutage Policy { get; init; }

    /// <summary>Whether nothing in the world can bring what is spent and held above a limit.</summary>
    public bool HoldsLimits => !Overruns && !ShortLives && !Rollbacks && Policy == StoreOutage.Closed;

    /// <summary>Whether nothing can bring what is spent above a limit of which one process admits all, with the store or without.</summary>
    public bool HoldsLimitsOfOneProcess => !Overruns && !ShortLives && !Rollbacks;

    internal static SimulatedFaults Of(Random random) => new()
    {
        Lost = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.15,
        Doubled = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.3,
        Late = random.Next(2) == 0 ? 0 : random.NextDouble() * 0.2,
        Crashes = random.Next(3) == 0,
        Outages = random.Next(2) == 0,
        Rollbacks = random.Next(3) == 0,
        ClockSteps = random.Next(4) == 0,
        Overruns = random.Next(4) == 0,
        ShortLives = random.Next(5) == 0,
        Policy = (StoreOutage)random.Next(3),
    };
}
