namespace LlmCostModel.Logs;

/// <summary>A scenario, or all of them together, in both runs.</summary>
public sealed class GateScenario
{
    internal GateScenario(string? name, GateSide? @base, GateSide? head) => (Name, Base, Head) = (name, @base, head);

    /// <summary>Gets the name; <see langword="null"/> for calls that state none, and for the total.</summary>
    public string? Name { get; }

    /// <summary>Gets what the base has of it; <see langword="null"/> when it has no call of it.</summary>
    public GateSide? Base { get; }

    /// <summary>Gets what the head has of it; <see langword="null"/> when it has no call of it.</summary>
    public GateSide? Head { get; }

    /// <summary>Gets what it costs, by currency.</summary>
    public IReadOnlyList<GateCost> Costs { get; internal init; } = [];

    /// <summary>Gets what the change did: the worst of <see cref="Costs"/>.</summary>
    public GateVerdict Verdict { get; internal init; }

    /// <summary>Gets whether every call of both sides is wholly priced.</summary>
    public bool IsPriced => Base is not { IsPriced: false } && Head is not { IsPriced: false };

    /// <summary>Shows name and costs in the invariant culture.</summary>
    /// <returns>Such as <c>checkout: 0.5 to 0.6 USD: Increase</c>.</returns>
    public override string ToString() =>
        VisibleText.OneLine($"{Name ?? "(none)"}: {(Costs.Count == 0 ? $"{Verdict}" : string.Join(", ", Costs))}");
}
