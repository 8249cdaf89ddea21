namespace LlmCostModel;

/// <summary>Checks the credits that a card states its prices in.</summary>
internal static class CreditValidator
{
    internal static void Validate(FaultList faults, RateCard card)
    {
        if (card.Credit is not { } credit)
        {
            return;
        }

        string path = $"{RateCardValidator.PathOf(card)}:Credit";
        if (string.IsNullOrWhiteSpace(credit.Name))
        {
            faults.AddUnlessInside(path, null, "has no Name.", "Add what the credits are called, such as \"Codex credits\".");
        }
        else if (CurrencyCodes.IsKnown(credit.Name))
        {
            faults.Add($"{path}:Name", credit.Name, "is a currency.", "Prices in money need no Credit: write it as Currency.");
        }

        if (credit.Worth.IsEmpty)
        {
            faults.AddUnlessInside(path, null, "has no Worth.", "Add what one credit is in money, such as [ { \"Amount\": 0.01 } ].");
        }

        CreditWorth? before = null;
        foreach ((CreditWorth worth, int index) in credit.Worth.Select((worth, index) => (worth, index))
            .OrderBy(pair => pair.worth.From ?? DateTimeOffset.MinValue))
        {
            string worthPath = $"{path}:Worth:{AmountFormat.ToText(index)}";
            if (worth.From >= worth.Until)
            {
                faults.Add(
                    $"{worthPath}:Until",
                    AmountFormat.ToText(worth.Until.Value),
                    "is not after From.",
                    "Until is the first instant at which it no longer holds.");
            }

            if (before is not null && (before.From == worth.From || before.Until > worth.From))
            {
                faults.Add(
                    $"{worthPath}:From",
                    worth.From is { } from ? AmountFormat.ToText(from) : null,
                    "is before the worth ahead of it ends.",
                    "Let them follow one another; leave Until out where the next one begins.");
            }

            before = worth;
        }
    }

    /// <summary>A price in credits that no decimal holds in money would be rounded.</summary>
    internal static void Validate(FaultList faults, string versionPath, PriceVersion version, CreditUnit? credit)
    {
        foreach (CreditWorth worth in credit?.Worth ?? [])
        {
            if (!CreditPrices.AreExact(version, worth.Amount))
            {
                faults.Add(
                    versionPath,
                    AmountFormat.ToText(worth.Amount),
                    "is what a credit is worth, and a price of this version times it has more digits than a decimal holds.",
                    "Write fewer digits.");
            }
        }
    }
}
