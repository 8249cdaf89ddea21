namespace LlmCostModel;

/// <summary>What an address says of who bills a call to it.</summary>
/// <param name="Provider">The provider that bills, as rate cards name it; <see langword="null"/> when the address is not known.</param>
/// <param name="Region">The region that the address names; <see langword="null"/> when it names none.</param>
/// <param name="OtherProvider">The card on which the same account bills models that <paramref name="Provider"/> has no price
/// of.</param>
/// <param name="Note">What is assumed, in a sentence; <see langword="null"/> when nothing is.</param>
internal readonly record struct KnownAddress(
    string? Provider,
    string? Region = null,
    string? OtherProvider = null,
    string? Note = null)
{
    /// <summary>What the caller says, and the address where the caller is silent. The regions of one provider mean nothing at
    /// another.</summary>
    internal CallContext Complete(in CallContext said) => said.Provider is null || said.Provider == Provider
        ? said.Or(new CallContext { Provider = Provider, Region = Region })
        : said;
}
