using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LlmCostModel.TestData;

namespace LlmCostModel.Extensions.Http.Tests;

/// <summary>What is left of JSON without long texts and lists of numbers is the same JSON without them, however it is cut.</summary>
public sealed class JsonSkeletonTests
{
    [Theory]
    [InlineData("""{ "a" : 1 , "b" : [ true , { "c" : null } ] }""", """{"a":1,"b":[true,{"c":null}]}""")]
    [InlineData("""{"v":[0.1,-2e5,3],"w":[[1,2],[3,4]],"x":[1,{"y":2},3,{"z":4}]}""", """{"v":[0.1],"w":[[1],[3]],"x":[1,{"y":2},{"z":4}]}""")]
    [InlineData("""{"t":"12345678","u":"123456789","a\"b":"\\"}""", """{"t":"12345678","u":"","a\"b":"\\"}""")]
    [InlineData("""{"e":"","o":{},"l":[]}""", """{"e":"","o":{},"l":[]}""")]
    public void Append_AnyJson_LeavesOutWhatNobodyReads(string json, string left) => Assert.Equal([left], Cut(json, json.Length));

    [Theory]
    [InlineData("""[{"a":1},"x",{"b":[2]},[{"c":3}],7]""", new[] { """{"a":1}""", """{"b":[2]}""" })]
    [InlineData("{\"a\":1}\n{\"b\":2}\n", new[] { """{"a":1}""", """{"b":2}""" })]
    [InlineData("""{"a":1""", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("]}{\"a\":1}", new[] { """{"a":1}""" })]
    public void Append_SeveralObjects_GivesEach(string json, string[] objects)
    {
        for (int piece = 1; piece <= 5; piece++)
        {
            Assert.Equal(objects, Cut(json, piece));
        }
    }

    [Fact]
    public void Append_DeeperOrLargerThanIsKept_SaysSo()
    {
        JsonSkeleton deep = new(8, 1_000, _ => Assert.Fail("No object is whole."));
        deep.Append(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 65))));
        JsonSkeleton large = new(8, 20, _ => Assert.Fail("No object is whole."));
        large.Append("""{"a":1,"b":2,"c":3,"d":4}"""u8);

        Assert.True(deep.IsTooLarge);
        Assert.True(large.IsTooLarge);
    }

    /// <summary>Random values in random pieces: what System.Text.Json makes of the rest is the value without what is left out.</summary>
    [Fact]
    public void Append_RandomJson_IsTheValueWithoutLongTextsAndMoreNumbers()
    {
        Gen<JsonNode?> scalar = Gen.OneOf<JsonNode?>(
            Gen.Int[-100, 100].Select(n => (JsonNode?)n),
            Gen.String[Gen.Char["ab\\\"\u00e9\u4e2d\n{}[],: "], 0, 20].Select(t => (JsonNode?)t),
            Gen.Bool.Select(b => (JsonNode?)b));
        Gen<JsonNode?> value = Gen.Recursive<JsonNode?>((depth, self) => depth > 4 ? scalar : Gen.Frequency(
            (2, scalar),
            (1, self.Array[0, 4].Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]))),
            (1, self.Array[0, 4].Select(items => (JsonNode?)new JsonObject(items.Select((item, i) => KeyValuePair.Create($"p{i}", item?.DeepClone())))))));
        Gen.Select(value.Array[1, 4], Gen.Int[1, 9]).Sample(
            (members, piece) =>
            {
                JsonObject whole = new(members.Select((member, i) => KeyValuePair.Create($"m{i}", member?.DeepClone())));

                string left = Assert.Single(Cut(whole.ToJsonString(), piece));

                Assert.Equal(Without(whole)!.ToJsonString(), JsonNode.Parse(left)!.ToJsonString());
            },
            iter: SampleSize.Of(20_000, 2_000));
    }

    private static JsonNode? Without(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Without(member.Value)))),
        JsonArray items => new JsonArray([.. items.Where((item, i) => i == 0 || item is JsonObject or JsonArray || item?.GetValueKind() == JsonValueKind.String).Select(Without)]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.ToJsonString().Length - 2 > 8 ? "" : text.DeepClone(),
        _ => node?.DeepClone(),
    };

    private static List<string> Cut(string json, int piece)
    {
        List<string> objects = [];
        JsonSkeleton skeleton = new(8, 100_000, one => objects.Add(Encoding.UTF8.GetString(one)));
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        for (int at = 0; at < bytes.Length; at += Math.Max(1, piece))
        {
            skeleton.Append(bytes.AsSpan(at, Math.Min(Math.Max(1, piece), bytes.Length - at)));
        }

        return objects;
    }
}
