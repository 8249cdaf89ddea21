using System.Runtime.CompilerServices;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads usage records as most of them are: texts without escapes, whole numbers, each member once. Of any other it reads nothing,
/// and <see cref="UsageRecordReader"/> does, with the same result.</summary>
/// <remarks>Logs have millions of these; without a document they are read several times as fast (LogReaderBenchmarks).</remarks>
/// <param name="asked">What is known of every call.</param>
/// <param name="requestedModel">The model that is said of the log.</param>
internal sealed class UsageLine(CallContext asked, string? requestedModel)
{
    private readonly TextCache _texts = new();
    private readonly UsageScan _scan = new();

    /// <summary>Reads a record.</summary>
    /// <param name="json">The record.</param>
    /// <param name="tags">Whose call it is; <see langword="null"/> when it does not say.</param>
    /// <returns>The call; <see langword="null"/> when the record is not such a one.</returns>
    public ModelCall? Read(ReadOnlySpan<byte> json, out Dictionary<string, string>? tags)
    {
        tags = null;
        if (!_scan.TryRead(json))
        {
            return null;
        }

        string? model = Text(_scan.Model, json);
        string? tier = Text(_scan.Tier, json);
        if (string.IsNullOrWhiteSpace(model) || (tier is not null && string.IsNullOrWhiteSpace(tier)))
        {
            return null;
        }

        foreach ((TextRange name, TextRange value) in _scan.Tags)
        {
            (tags ??= []).Add(_texts.Get(name.In(json)), _texts.Get(value.In(json)));
        }

        string? id = _scan.Id.IsStated ? Encoding.ASCII.GetString(_scan.Id.In(json)) : null;
        return Build(id, model, tier, Text(_scan.Provider, json), Text(_scan.Region, json));
    }

    private string? Text(TextRange range, ReadOnlySpan<byte> json) => range.IsStated ? _texts.Get(range.In(json)) : null;

    [MethodImpl(MethodImplOptions.NoInlining)] // The reading is large, and is made only when all is there.
    private ModelCall Build(string? id, string model, string? tier, string? provider, string? region) => new()
    {
        Identity = new CallIdentity { ResponseId = id },
        RequestedModel = requestedModel,
        Asked = asked,
        Reading = new UsageReading
        {
            Status = UsageStatus.Complete,
            Origin = UsageOrigin.Application,
            Model = model,
            Usage = _scan.ToUsage(),
            Served = new CallContext
            {
                Batch = tier is null ? null : tier.Equals("batch", StringComparison.OrdinalIgnoreCase),
                At = _scan.At,
                Provider = provider,
                Region = region,
                Tier = tier,
            },
        },
    };
}
