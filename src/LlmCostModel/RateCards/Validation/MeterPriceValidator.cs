using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Checks the prices of meters.</summary>
internal static class MeterPriceValidator
{
    internal static void Validate(FaultList faults, string path, ImmutableSortedDictionary<string, MeterPrice> prices)
    {
        foreach ((string meter, MeterPrice price) in prices)
        {
            string meterPath = $"{path}:PerMeter:{meter}";
            if (string.IsNullOrWhiteSpace(meter))
            {
                faults.Add(meterPath, meter, "is an empty name.", "Name the unit that is counted, such as WebSearch.");
            }

            for (int i = 0; i < price.Steps.Length; i++)
            {
                decimal previous = i == 0 ? price.Free : price.Steps[i - 1].Above;
                if (price.Steps[i].Above < previous || (i > 0 && price.Steps[i].Above == previous))
                {
                    faults.Add(
                        $"{meterPath}:Steps:{i}:Above",
                        AmountFormat.ToText(price.Steps[i].Above),
                        $"is not beyond what comes before it ({AmountFormat.ToText(previous)} units).",
                        "List steps by ascending volume, beyond what is free.");
                }
            }
        }
    }
}
