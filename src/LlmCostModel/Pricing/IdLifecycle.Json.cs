using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<IdLifecycle>))]
public partial record IdLifecycle : IJsonValue<IdLifecycle>
{
    static JsonConverter<IdLifecycle> IJsonValue<IdLifecycle>.Json => Shape.Instance;

    /// <summary>Shows it as JSON.</summary>
    /// <returns>Such as <c>{"Id":"grok-4","Events":[{"From":"2026-05-15T19:00:00Z","Target":"grok-4.3"}]}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<IdLifecycle> Instance = new(
            (writer, life) => new LifecycleWriter(writer).WriteObject(life),
            (node, faults) => new LifecycleReader(new ValueReader(faults)).ReadNamed(node));
    }
}
