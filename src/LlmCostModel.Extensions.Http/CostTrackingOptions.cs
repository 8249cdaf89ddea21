namespace LlmCostModel;

/// <summary>How calls are tracked. Read once, when the client is built.</summary>
public sealed class CostTrackingOptions
{
    /// <summary>Gets or sets what decides prices and is not in responses: provider, region, deployment, account, attributes. What a
    /// response states of its tier and region wins.</summary>
    /// <value>Empty by default; provider and region are then found from the client's address (<c>*.openai.azure.com</c> is <c>azure</c>,
    /// <c>eu.api.openai.com</c> is <c>openai</c> in <c>eu</c>, ...), and an address that is not known leaves them open: the model id alone
    /// then decides.</value>
    public CallContext Context { get; set; }

    /// <summary>Gets the addresses that are yours, such as a gateway, each with who bills the calls to it: its <see
    /// cref="CallContext.Provider"/> and <see cref="CallContext.Region"/>. The key is a name such as <c>llm.example.com</c> or a domain,
    /// whose subdomains count as well; the longest that fits counts.</summary>
    /// <value>Empty by default. A known provider's address needs none; a call to any other one notes in <see cref="PricedCall.Notes"/> that
    /// the price of the model's own provider is assumed.</value>
    public IDictionary<string, CallContext> Addresses { get; } =
        new Dictionary<string, CallContext>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets what happens to calls of models that have no price.</summary>
    /// <value><see cref="UnpricedCallPolicy.Log"/> by default.</value>
    public UnpricedCallPolicy UnpricedCalls { get; set; }

    /// <summary>Gets how clients state usage that are not known, or that are known in another version; they count before the known
    /// ones.</summary>
    /// <value>Empty by default.</value>
    public IList<ClientAdapterOptions> Adapters { get; } = [];

    /// <summary>Gets or sets the API of the bodies that the client receives, for providers whose counts do not tell.</summary>
    /// <value><see cref="ApiFormat.Detect"/> by default.</value>
    public ApiFormat Api { get; set; }

    /// <summary>Gets or sets the key of the services: of the <see cref="ICostEstimator"/>, and of observers besides those without a
    /// key.</summary>
    /// <value><see langword="null"/> by default: the services without a key.</value>
    public object? ServiceKey { get; set; }

    /// <summary>Gets the observers of every call, besides the <see cref="ICostObserver"/> services.</summary>
    /// <value>Empty by default.</value>
    public IList<ICostObserver> Observers { get; } = [];

    /// <summary>Gets the names of the <see cref="CostScope"/> tags that metrics carry.</summary>
    /// <value>Empty by default: a metric has one time series per combination of values, so tags with many values (users) belong in a
    /// ledger.</value>
    public IList<string> MetricTags { get; } = [];

    /// <summary>Gets or sets how many different values a metric's tag may take; further ones become <c>other</c>.</summary>
    /// <value>100 by default; not negative.</value>
    public int MaxMetricTagValues { get; set; } = 100;

    /// <summary>Gets or sets the part of the provider's own cost that a calculated cost may differ by before it counts as
    /// drifted.</summary>
    /// <value>0.005 (half a percent) by default; not negative.</value>
    public decimal DriftTolerance { get; set; } = 0.005m;
}
