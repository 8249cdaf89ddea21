using System.Runtime.CompilerServices;
using System.Text;

namespace LlmCostModel.Logs;

/// <summary>Reads usage records as most of them are: texts without escapes, whole numbers, each member once. Of any other it reads nothing,
/// and <see cref="UsageRecordReader"/> does, with the same result.</summary>
/// <remarks>Logs have millions of these; without a document they are read several times as fast (LogReaderBenchmarks).</remarks>
/// <param name="asked">What is known of every call.</param>
/// <param name="requestedModel">The model that is said of the log.</param>
internal sealed class UsageLine(CallContext asked, string? requestedModel) : PlainLine
{
    private readonly TextCache _texts = new();
    private readonly UsageScan _scan = new();

    /// <inheritdoc/>
    public override LineScan Scan => _scan;

    /// <inheritdoc/>
    public override ModelCall? Read(ReadOnlySpan<byte> line, out Dictionary<string, string>? tags)
    {
        tags = null;
        if (!_scan.TryRead(line))
        {
            return null;
        }

        string? model = Text(_scan.Model, line);
        string? tier = Text(_scan.Tier, line);
        if (string.IsNullOrWhiteSpace(model) || (tier is not null && string.IsNullOrWhiteSpace(tier)))
        {
            return null;
        }

        for (int i = 0; i < _scan.TagCount; i++)
        {
            (tags ??= []).Add(_texts.Get(_scan.TagName(i, line)), _texts.Get(_scan.TagValue(i, line)));
        }

        string? id = _scan.Id.IsStated ? Encoding.ASCII.GetString(_scan.Id.In(line)) : null;
        return Build(id, model, tier, Text(_scan.Provider, line), Text(_scan.Region, line));
    }

    private string? Text(TextRange range, ReadOnlySpan<byte> line) => range.IsStated ? _texts.Get(range.In(line)) : null;

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
