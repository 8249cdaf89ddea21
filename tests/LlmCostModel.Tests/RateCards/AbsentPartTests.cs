using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace LlmCostModel.Tests.RateCards;

/// <summary>Every reference and every list of a card or an overlay that can be missing when it is made in code: it is a fault with its
/// path, or means "none"; never an exception that says nothing.</summary>
public class AbsentPartTests
{
    private static readonly PriceCondition When = new()
    {
        Tokens = [new(TokenBasis.TotalInput, ThresholdComparison.Above, 10)],
        Tiers = ["batch"],
        Regions = ["eu"],
        Providers = ["h"],
        Deployments = ["d"],
        Accounts = ["a"],
        From = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Until = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Schedule = new() { Days = [DayOfWeek.Monday], Daily = [new(new TimeOnly(1, 0), new TimeOnly(2, 0))], TimeZone = TimeZoneInfo.Utc },
        Attributes = PriceCondition.Always.Attributes.Add("quality", ["high"]),
    };

    private static readonly MeterPrice Meter = new() { Price = 1, Per = 2, Increment = 1, Steps = [new() { Above = 5, Price = 1 }] };

    private static readonly PriceRule Rule = new()
    {
        Name = "rule",
        When = When,
        PerMillionTokens = new() { Input = 2 },
        PerMeter = new PriceVersion().PerMeter.Add("Page", Meter),
        Multiply = 2,
        On = ["Input"],
        AddPerMillionTokens = new() { Input = 1 },
        PercentFee = 1,
        FixedFee = 1,
        Source = "https://example.org/rule",
    };

    private static readonly RateCard Card = new()
    {
        Name = "card",
        Provider = "h",
        Currency = "USD",
        AsOf = new DateOnly(2025, 1, 1),
        Source = "https://example.org/card",
        Models =
        [
            new()
            {
                Id = "m",
                Aliases = ["m-1"],
                Versions =
                [
                    new()
                    {
                        From = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
                        Until = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
                        Source = "https://example.org/version",
                        AsOf = new DateOnly(2025, 1, 1),
                        Note = "note",
                        PerMillionTokens = new() { Input = 1, Output = 2 },
                        PerMeter = new PriceVersion().PerMeter.Add("Page", Meter),
                        BilledAs = new PriceVersion().BilledAs.Add(TokenBucket.Reasoning, TokenBucket.Output),
                        Defaults = [new("quality", "low")],
                        Rules = [Rule],
                        Never = [["batch", "Page"]],
                    },
                ],
            },
        ],
    };

    private static readonly PriceOverlay Overlay = new() { Name = "overlay", Providers = ["h"], Models = ["m"], Currency = "USD", Rules = [Rule] };

    private static readonly TokenUsage Usage = new() { Input = 1_000, Reasoning = 10 };

    private static readonly CallContext Call = new()
    {
        At = new DateTimeOffset(2025, 1, 6, 1, 30, 0, TimeSpan.Zero),
        Tier = "batch",
        Region = "eu",
        Deployment = "d",
        Account = "a",
        Attributes = [new("quality", "high")],
        ConsumedBefore = [],
    };

    /// <summary>What is known to be reached: a part that a new property adds is reached too.</summary>
    private static readonly string[] Least =
    [
        "Name", "Currency", "Provider", "Source", "Models", "Models[0]", "Models[0].Id", "Models[0].Aliases", "Models[0].Aliases[0]",
        "Models[0].Versions", "Models[0].Versions[0]", "Models[0].Versions[0].PerMillionTokens", "Models[0].Versions[0].PerMeter",
        "Models[0].Versions[0].PerMeter[Page]", "Models[0].Versions[0].PerMeter[Page].Steps", "Models[0].Versions[0].BilledAs",
        "Models[0].Versions[0].Defaults", "Models[0].Versions[0].Rules", "Models[0].Versions[0].Rules[0]",
        "Models[0].Versions[0].Rules[0].Name", "Models[0].Versions[0].Rules[0].When", "Models[0].Versions[0].Rules[0].When.Tiers",
        "Models[0].Versions[0].Rules[0].When.Tiers[0]", "Models[0].Versions[0].Rules[0].When.Schedule",
        "Models[0].Versions[0].Rules[0].When.Schedule.Daily", "Models[0].Versions[0].Rules[0].When.Schedule.TimeZone",
        "Models[0].Versions[0].Rules[0].When.Attributes", "Models[0].Versions[0].Rules[0].When.Attributes[quality]",
        "Models[0].Versions[0].Rules[0].When.Attributes[quality][0]", "Models[0].Versions[0].Rules[0].On",
        "Models[0].Versions[0].Rules[0].On[0]", "Models[0].Versions[0].Never", "Models[0].Versions[0].Never[0]",
        "Models[0].Versions[0].Never[0][0]",
    ];

    private static readonly string[] LeastOfOverlays =
        ["Name", "Providers", "Providers[0]", "Models", "Models[0]", "Currency", "Rules", "Rules[0]", "Rules[0].When.Regions[0]"];

    [Fact]
    public void Card_AnyPartThatIsAbsent_IsAFaultOrNone()
    {
        List<string> reached = [];
        foreach ((string path, RateCard changed) in Without(Card).Select(one => (one.Path, (RateCard)one.Value!)))
        {
            reached.Add(path);
            Check(path, () => new CostEstimator(changed));
        }

        Assert.Empty(Least.Except(reached));
        Check("the card", () => new CostEstimator((RateCard)null!));
    }

    [Fact]
    public void Overlay_AnyPartThatIsAbsent_IsAFaultOrNone()
    {
        List<string> reached = [];
        foreach ((string path, PriceOverlay changed) in Without(Overlay).Select(one => (one.Path, (PriceOverlay)one.Value!)))
        {
            reached.Add(path);
            Check(path, () => new CostEstimator(With(changed), Card));
        }

        Assert.Empty(LeastOfOverlays.Except(reached));
        Check("the overlay", () => new CostEstimator(With(null!), Card));
    }

    private static LlmCostModelOptions With(PriceOverlay? overlay) => new() { Overlays = { ["overlay"] = overlay! } };

    /// <summary>Refused with a path and a next step, or priced and written like any other card.</summary>
    private static void Check(string path, Func<CostEstimator> create)
    {
        try
        {
            CostEstimator estimator = create();
            estimator.Estimate("m", Usage, in Call, [new("Page", 3)]);
            estimator.Explain("m", Usage, in Call, [new("Page", 3)]);
            RateCardJson.Write([.. estimator.RateCards]);
        }
        catch (RateCardException refusal)
        {
            Assert.True(refusal.Faults.Count > 0 && refusal.Faults.All(fault => fault.Path.Length > 0 && fault.Fix.Length > 0), path);
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Without {path}: {other}");
        }
    }

    /// <summary>The value with each of its parts absent, one at a time, and the path of that part.</summary>
    private static IEnumerable<(string Path, object? Value)> Without(object value)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties())
        {
            if (property.SetMethod is null || property.GetIndexParameters().Length > 0 || !CanBeAbsent(property.PropertyType))
            {
                continue;
            }

            yield return (property.Name, Changed(value, property, null));
            foreach ((string path, object? part) in WithoutParts(property.GetValue(value)))
            {
                yield return (property.Name + path, Changed(value, property, part));
            }
        }
    }

    private static IEnumerable<(string Path, object? Value)> WithoutParts(object? value)
    {
        if (value is IDictionary map)
        {
            foreach (object key in map.Keys)
            {
                MethodInfo setItem = value.GetType().GetMethod("SetItem")!;
                object? item = map[key];
                foreach ((string path, object? changed) in item is null || !CanBeAbsent(item.GetType()) ? [] : WithoutParts(item).Prepend(("", null)))
                {
                    yield return ($"[{key}]{path}", setItem.Invoke(value, [key, changed ?? Default(item!.GetType())]));
                }
            }
        }
        else if (value is IList list && value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            MethodInfo setItem = type.GetMethod("SetItem")!;
            for (int i = 0; i < list.Count; i++)
            {
                object? item = list[i];
                foreach ((string path, object? changed) in item is null || !CanBeAbsent(item.GetType()) ? [] : WithoutParts(item).Prepend(("", null)))
                {
                    yield return ($"[{i}]{path}", setItem.Invoke(value, [i, changed ?? Default(item!.GetType())]));
                }
            }
        }
        else if (value is not null && value.GetType().Assembly == typeof(RateCard).Assembly)
        {
            foreach ((string path, object? changed) in Without(value))
            {
                yield return ("." + path, changed);
            }
        }
    }

    private static bool CanBeAbsent(Type type) =>
        !type.IsValueType || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>));

    private static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    /// <summary>What <c>with</c> does.</summary>
    private static object Changed(object value, PropertyInfo property, object? part)
    {
        object copy = value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
        property.SetValue(copy, part ?? Default(property.PropertyType));
        return copy;
    }
}
