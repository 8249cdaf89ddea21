using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Daily activity of LiteLLM's proxy: what it computed for each model.</summary>
/// <remarks>https://docs.litellm.ai/docs/proxy/cost_tracking, <c>GET /user/daily/activity</c>, read 2026-11-27. Days are in UTC. It is what
/// LiteLLM computed, not what a provider charged.</remarks>
internal sealed class LiteLlmBill : BillFormat
{
    public override string Description => "daily activity of LiteLLM";

    public override IEnumerable<BillLine>? Read(RecordFields record)
    {
        List<BillLine> lines = [];
        foreach (RecordFields day in Inside(record, "results"))
        {
            if (!day.Has("date", "breakdown") || day.Object("breakdown")?.Object("models") is not { } models)
            {
                return null;
            }

            foreach (JsonProperty model in models.Members)
            {
                RecordFields? metrics = RecordFields.Of(model.Value) is { } of ? of.Object("metrics") ?? of : null;
                if (metrics is { } stated && Amount(stated, "USD", "spend") is var (amount, decimals))
                {
                    lines.Add(new()
                    {
                        Day = BillNumber.DayOf(day.Text("date") ?? "", "date").Day,
                        Name = model.Name,
                        Model = model.Name,
                        Amount = amount,
                        Decimals = decimals,
                    });
                }
            }
        }

        return lines;
    }
}
