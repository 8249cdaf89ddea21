using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LlmCostModel.Planning;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>What a service returns or stores comes back as it was, whatever reads it, with nothing registered.</summary>
public class JsonTests
{
    /// <summary>Values that are not written as JSON, each with the reason.</summary>
    private static readonly Dictionary<Type, string> Exempt = new()
    {
        [typeof(LogNormal)] = "a distribution to compute with; a plan holds an Uncertain, which is written",
        [typeof(PricePeriod)] = "compiled prices of an estimator, which compare with others of the same one",
    };

    public static TheoryData<Type> Types => [.. Samples.ValueTypes.Where(type => !Exempt.ContainsKey(type))];

    public static TheoryData<Type> Enums => [.. Packages.PublicTypes.Where(type => type.IsEnum)];

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Value_WrittenAndRead_IsEqual(Type type)
    {
        object value = Samples.Make(type, 1);
        string json = JsonSerializer.Serialize(value, type, JsonSerializerOptions.Web);

        Assert.All(Cultures.All, culture =>
        {
            Assert.Equal(json, Cultures.In(culture, () => JsonSerializer.Serialize(value, type, JsonSerializerOptions.Web)));
            object? read = Cultures.In(culture, () => JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web));
            Assert.True(value.Equals(read), $"{type} came back as another one:\n{json}\n{JsonSerializer.Serialize(read, type)}");
        });
        Assert.Equal(json, JsonSerializer.Serialize(value, type));
        Assert.DoesNotContain("null", Regex.Replace(json, "\"amounts\":{[^}]*}", ""), StringComparison.Ordinal); // there it says something
    }

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Value_ByAnApplicationsOwnContext_IsTheSame(Type type)
    {
        object value = Samples.Make(type, 1);
        string json = JsonSerializer.Serialize(value, type, JsonSerializerOptions.Web);

        Assert.True(ApplicationJson.Default.GetTypeInfo(type) is not null, $"Add {type} to ApplicationJson.");
        Assert.Equal(json, JsonSerializer.Serialize(value, type, ApplicationJson.Default));
        Assert.True(value.Equals(JsonSerializer.Deserialize(json, type, ApplicationJson.Default)), json);
    }

    /// <summary>The default of a value type, which no constructor ran for, is a value like others.</summary>
    [Fact]
    public void Default_WrittenAndRead_IsEqual() => Assert.All(Samples.ValueTypes.Where(type => type.IsValueType && !Exempt.ContainsKey(type)), type =>
    {
        object value = Activator.CreateInstance(type)!;
        string json = JsonSerializer.Serialize(value, type, JsonSerializerOptions.Web);
        Assert.True(value.Equals(JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web)), $"{type}: {json}");
    });

    [Theory]
    [MemberData(nameof(Enums), DisableDiscoveryEnumeration = true)]
    public void Enum_Written_IsItsName(Type type)
    {
        foreach (object member in Enum.GetValues(type))
        {
            string json = JsonSerializer.Serialize(member, type);

            Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(member.ToString()!), JsonSerializer.Deserialize<string>(json));
            Assert.Equal(member, JsonSerializer.Deserialize(json.ToUpperInvariant(), type));
        }

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("0", type));
    }

    [Fact]
    public void Estimate_ReadBack_SaysTheSame()
    {
        CostEstimate estimate = (CostEstimate)Samples.Make(typeof(CostEstimate), 1);
        CostEstimate read = JsonSerializer.Deserialize<CostEstimate>(JsonSerializer.Serialize(estimate));

        Assert.Equal(CostStatus.Partial, read.Status);
        Assert.Equal((estimate.Total, "m", "provider", "card"), (read.Total, read.Model, read.Provider, read.RateCard));
        Assert.Equal(estimate.Issues, read.Issues);
        Assert.Equal(estimate.Usage, read.Usage);
        Assert.All(Enum.GetValues<TokenBucket>(), bucket => Assert.Equal(estimate.GetAmount(bucket), read.GetAmount(bucket)));
        Assert.All(["WebSearch", "Unheard", "FixedFee", "Image"], meter => Assert.Equal(estimate.GetAmount(meter), read.GetAmount(meter)));
        Assert.Equal(estimate.ToString(), read.ToString());
        Assert.Throws<UnpricedException>(() => read.GetRequiredTotal().Amount);
    }

    /// <summary>Enumerations may also be the keys of a dictionary.</summary>
    [Fact]
    public void Enum_AsKey_IsItsName()
    {
        Dictionary<TokenBucket, decimal> amounts = new() { [TokenBucket.CacheWrite5m] = 1.5m };
        string json = JsonSerializer.Serialize(amounts);

        Assert.Equal("""{"cacheWrite5m":1.5}""", json);
        Assert.Equal(amounts, JsonSerializer.Deserialize<Dictionary<TokenBucket, decimal>>(json));
    }

    [Theory]
    [InlineData(typeof(TokenUsage), """{"input":-1}""", "'input' of the TokenUsage cannot be read: A token count cannot be negative.")]
    [InlineData(typeof(TokenUsage), """{"imput":1}""", "A TokenUsage has no 'imput'. Known: input, cacheRead,")]
    [InlineData(typeof(TokenUsage), "[]", "A TokenUsage is a JSON object, not a StartArray.")]
    [InlineData(typeof(Money), """{"amount":"x","currency":"USD"}""", "'amount' of the Money cannot be read: ")]
    [InlineData(typeof(Money), """{"amount":1}""", "The Money cannot be read: an amount has a currency.")]
    [InlineData(typeof(CostEstimate), """{"model":"m"}""", "The StoredEstimate has no 'status'.")]
    [InlineData(typeof(CostEstimate), """{"status":"priced"}""", "An estimate that is Priced needs a total.")]
    [InlineData(typeof(CostIssue), """{"kind":"unheard","subject":"s","message":"m"}""", "'unheard' is not a CostIssueKind. Known: unknownModel,")]
    [InlineData(typeof(RateCard), """{"Name":"n","Currency":"USD","Models":{"m":{"PerMilion":1}}}""", "RateCard:Models:m:PerMilion: the name 'PerMilion' is not known.")]
    [InlineData(typeof(RateCard), """{"Currency":"USD"}""", "RateCard: has no Name.")]
    [InlineData(typeof(Uncertain), """{"p5":1}""", "An uncertain number is a number, one of the pairs")]
    [InlineData(typeof(ServingNode), """{"hourlyCost":1,"inputTokensPerSecond":1}""", "The ServingNode has no 'outputTokensPerSecond'.")]
    public void Document_Malformed_SaysWhat(Type type, string json, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, type, JsonSerializerOptions.Web)).Message,
            StringComparison.Ordinal);

    /// <summary>The attribute alone must do: an application registers nothing.</summary>
    [Fact]
    public void Types_CarryTheirConverter() =>
        Assert.Empty(Samples.ValueTypes
            .Concat(Packages.PublicTypes.Where(type => type.IsEnum))
            .Where(type => !Exempt.ContainsKey(type) && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false))
            .Select(type => type.FullName));

    [Theory]
    [InlineData("""{ "webSearch": -1 }""")]
    [InlineData("""{ "webSearch": "x" }""")]
    [InlineData("""{ "": 1 }""")]
    public void Read_MetersThatCannotBe_IsAJsonException(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<MeteredQuantities>(json, JsonSerializerOptions.Web));

    [Fact]
    public void Read_InstantWithoutOffset_IsRefused_AndADateIsMidnightUtc()
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CallContext>("""{ "at": "2025-06-10T00:30:00" }""", JsonSerializerOptions.Web));
        Assert.Equal(
            new DateTimeOffset(2025, 6, 10, 0, 0, 0, TimeSpan.Zero),
            JsonSerializer.Deserialize<CallContext>("""{ "at": "2025-06-10" }""", JsonSerializerOptions.Web).At);
    }
}
