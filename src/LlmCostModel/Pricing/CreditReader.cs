namespace LlmCostModel;

/// <summary>Reads the credits that a card states its prices in.</summary>
internal sealed class CreditReader(ValueReader values)
{
    private static readonly string[] Names = ["Name", "Worth"];

    private static readonly string[] WorthNames = ["From", "Until", "Amount", "Source", "AsOf", "Basis", "Note"];

    /// <summary>Reads those of a card.</summary>
    internal CreditUnit? Read(ConfigNode? node) => node is null || node.IsEmpty ? null : ReadCredit(node);

    internal CreditUnit ReadCredit(ConfigNode node)
    {
        values.ReportUnknownKeys(node, Names);
        values.Require(node, "Name", "Add what the credits are called, such as \"Codex credits\".");
        return new CreditUnit
        {
            Name = values.ReadText(node["Name"]) ?? "",
            Worth =
            [
                .. values.ReadParts(node["Worth"], "a list of what one credit is in money").Select(ReadWorth).OfType<CreditWorth>(),
            ],
        };
    }

    /// <summary>Reads what one credit is worth; <see langword="null"/> after a fault where no amount can be read.</summary>
    internal CreditWorth? ReadWorth(ConfigNode node)
    {
        values.ReportUnknownKeys(node, WorthNames);
        values.Require(node, "Amount", "Add what one credit is in the currency of the card, such as 0.01.");
        decimal? amount = values.ReadPrice(node["Amount"]);
        if (amount == 0)
        {
            values.Faults.Add(node["Amount"]!, "is not an amount greater than 0.", "Leave it out when it is not known.");
        }

        return amount is not > 0 ? null : new CreditWorth
        {
            From = values.ReadInstant(node["From"]),
            Until = values.ReadInstant(node["Until"]),
            Amount = amount.Value,
            Source = values.ReadText(node["Source"]),
            AsOf = values.ReadDate(node["AsOf"]),
            Basis = values.ReadOneOf<PriceBasis>(node["Basis"]) ?? PriceBasis.Unstated,
            Note = values.ReadText(node["Note"]),
        };
    }
}
