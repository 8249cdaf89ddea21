namespace LlmCostModel;

/// <summary>Checks what single values of a pool cannot show.</summary>
internal static class PoolValidator
{
    internal static void Validate(FaultList faults, PrepaidPool pool)
    {
        string path = pool.Path ?? $"Pools:{pool.Name}";
        if (pool.Currency is { } currency && !CurrencyCodes.IsKnown(currency))
        {
            string fix = "Write a code such as USD, or the name of credits as Unit.";
            faults.Add($"{path}:Currency", currency, "is not an ISO 4217 currency code.", fix);
        }

        if (pool.Unit is { } unit && CurrencyCodes.IsKnown(unit))
        {
            faults.Add($"{path}:Unit", unit, "is a currency.", "Write it as Currency; Unit is the name of a rate card's credits.");
        }

        if (pool.Unit is not null && pool.Amount is null)
        {
            faults.Add($"{path}:Unit", pool.Unit, "is given without an Amount.", "Add how many credits the pool holds, or leave it out.");
        }

        if (pool is { Amount: not null, Unit: null, Currency: null })
        {
            faults.Add(path, null, "has an Amount and does not say of what.", "Add its Currency, or the name of the credits as Unit.");
        }
        else if (pool is { Fee: > 0, Currency: null })
        {
            faults.Add(path, null, "has a Fee and no Currency.", "Add the ISO 4217 code of its currency.");
        }

        if (pool.From >= pool.Until)
        {
            faults.Add(
                $"{path}:Until",
                AmountFormat.ToText(pool.Until.Value),
                "is not after From.",
                "Until is the first instant at which nothing can be drawn any more.");
        }
    }
}
