namespace LlmCostModel;

/// <summary>A model whose ids are known and whose prices are read when they are first asked for: a catalog has thousands, of which a
/// program calls a few.</summary>
/// <remarks>Thread-safe: threads that ask at once may read it twice, and all get the same.</remarks>
internal sealed class DeferredModel(Func<ModelPricing> read)
{
    private ModelPricing? _content;

    internal ModelPricing Content => _content ?? Interlocked.CompareExchange(ref _content, read(), null) ?? _content;
}
