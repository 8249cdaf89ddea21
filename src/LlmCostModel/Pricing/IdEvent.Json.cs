using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<IdEvent>))]
public partial record IdEvent : IJsonValue<IdEvent>
{
    static JsonConverter<IdEvent> IJsonValue<IdEvent>.Json => Shape.Instance;

    /// <summary>Shows it as rate cards write it.</summary>
    /// <returns>Such as <c>{"From":"2026-01-05T00:00:00Z","Retired":true,"Successor":"claude-opus-4-8"}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<IdEvent> Instance = new(
            (writer, one) => new LifecycleWriter(writer).Write(one),
            (node, faults) => new LifecycleReader(new ValueReader(faults)).ReadEvent(node));
    }
}
