using System.Text.Json.Serialization;

namespace LlmCostModel;

[JsonConverter(typeof(JsonValueConverter<PrepaidPool>))]
public partial record PrepaidPool : IJsonValue<PrepaidPool>
{
    static JsonConverter<PrepaidPool> IJsonValue<PrepaidPool>.Json => Shape.Instance;

    /// <summary>Shows it as configuration writes it.</summary>
    /// <returns>Such as <c>{"Name":"plan","Amount":20,"Currency":"USD","Period":"month"}</c>.</returns>
    public override string ToString() => Shape.Instance.ToText(this);

    private static class Shape
    {
        internal static readonly RateJson<PrepaidPool> Instance = new(
            (writer, pool) => new PoolWriter(writer).Write(pool),
            (node, faults) => new PoolReader(new ValueReader(faults)).ReadNamed(node));
    }
}
