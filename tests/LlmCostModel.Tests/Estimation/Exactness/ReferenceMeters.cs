using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation.Exactness;

/// <summary>What metered quantities cost, in fractions.</summary>
internal sealed class ReferenceMeters(
    PriceVersion version, ReferenceRule[] concerned, CallContext call, HashSet<string> reached)
{
    /// <summary>The amount; null when it is not known.</summary>
    internal Fraction? Price(string meter, decimal quantity)
    {
        MeterPrice? price = version.PerMeter.GetValueOrDefault(meter);
        bool isUnpriced = false;
        bool isOpen = false;
        bool isModifierOpen = false;
        foreach ((PriceRule rule, _, bool? applies) in concerned)
        {
            bool sets = rule.PerMeter.ContainsKey(meter);
            bool unprices = !sets && rule.Unpriced && Touches(rule, meter);
            if (applies is null)
            {
                isOpen |= sets || unprices;
                isModifierOpen |= rule.Multiply is not null && Touches(rule, meter);
                continue;
            }

            Note("meter set by a rule", sets);
            price = sets ? rule.PerMeter[meter] : price;
            isUnpriced = (isUnpriced && !sets) || unprices;
            isOpen = isOpen && !sets && !unprices;
        }

        Note("undecided meter", isOpen || isModifierOpen);
        if (isOpen || isModifierOpen)
        {
            return null;
        }

        if (price is null || isUnpriced || ((price.Free > 0 || !price.Steps.IsEmpty) && call.ConsumedBefore is null))
        {
            Note("unknown meter", true);
            return null;
        }

        Fraction amount = Sum(price, quantity, call.ConsumedBefore?[meter] ?? 0) * Fraction.Inverse(price.Per);
        foreach (PriceRule rule in concerned.Where(rule => rule.Applies == true).Select(rule => rule.Rule)
            .Where(rule => rule.Multiply is not null && Touches(rule, meter)))
        {
            Note("meter multiplied", true);
            amount *= Fraction.From(rule.Multiply!.Value);
        }

        Note(meter == "Request" ? "request" : "meter", true);
        return amount;
    }

    /// <summary>What is billed of a quantity, each part at the price of its step: an integral from what was consumed before.</summary>
    private Fraction Sum(MeterPrice price, decimal quantity, decimal before)
    {
        decimal billed = quantity < price.Minimum ? price.Minimum : quantity;
        Note("meter minimum", quantity < price.Minimum);
        if (price.Increment is { } increment)
        {
            Note("meter increment", billed % increment != 0);
            billed = decimal.Ceiling(billed / increment) * increment;
        }

        bool hasVolumes = price.Free > 0 || !price.Steps.IsEmpty;
        Fraction sum = new(0, 1);
        (decimal Above, decimal Price)[] steps = [(price.Free, price.Price), .. price.Steps.Select(step => (step.Above, step.Price))];
        for (int i = 0; i < steps.Length; i++)
        {
            decimal end = before + billed;
            decimal from = Math.Max(before, steps[i].Above);
            decimal until = i + 1 < steps.Length ? Math.Min(end, steps[i + 1].Above) : end;
            Note("free quantity", hasVolumes && before < price.Free);
            Note("volume step", i > 0 && from < until);
            sum += from < until ? Fraction.From(until - from) * Fraction.From(steps[i].Price) : new(0, 1);
        }

        return sum;
    }

    private static bool Touches(PriceRule rule, string meter) => (rule.Multiply is not null || rule.Unpriced)
        && (rule.On.IsEmpty || rule.On.Contains("Units") || rule.On.Contains(meter));

    private void Note(string what, bool holds)
    {
        if (holds)
        {
            reached.Add(what);
        }
    }
}
