using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using LlmCostModel.Budgets;
using LlmCostModel.Catalog;
using LlmCostModel.Extensions.AI;
using LlmCostModel.Planning;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>Makes instances of public types by reflection: two of one number are equal, two of different numbers differ in every property.</summary>
internal static class Samples
{
    /// <summary>Types that are made by methods, or whose properties only hold together.</summary>
    private static readonly Dictionary<Type, Func<int, object>> Makers = new()
    {
        [typeof(BreakEvenPoint)] = n => BreakEven.Find(new() { Fixed = n }, new() { Fixed = 2, PerUnit = n }),
        [typeof(CacheTotals)] = n => CacheTotals.Sum([new TokenUsage { Input = 1, CacheRead = n }, new TokenUsage { Output = n }]),
        [typeof(CallAttributes)] = n => CallAttributes.Empty.With("size", $"{n}x{n}"),
        [typeof(CostEstimate)] = n => Estimate(n),
        [typeof(DailyWindow)] = n => new DailyWindow(new TimeOnly(n, 30), new TimeOnly(n + 12, 0, 15)),
        [typeof(LogNormal)] = n => LogNormal.FromMean(1_000 * n, 0.5),
        [typeof(MeteredQuantities)] = n => MeteredQuantities.Empty.With("WebSearch", n + 0.25m),
        [typeof(Money)] = n => new Money(1_234.5m + n, n == 1 ? "USD" : "EUR"),
        [typeof(PricePeriod)] = n => Estimator(n).GetModel("m").GetPricePeriods(At(n), At(n).AddDays(1))[0],
        [typeof(TokenThreshold)] = n => new TokenThreshold((TokenBasis)n, (ThresholdComparison)n, 1_000 * n),
        [typeof(ConversationTraffic)] = n => new ConversationTraffic
        {
            Start = At(n),
            Conversations = 100 * n,
            Profile = (TrafficProfile)Make(typeof(TrafficProfile), n),
            Turns = n,
            GapSeconds = n,
            UserTokens = n,
            Roles = [new() { Name = $"role {n}" }],
            SampledConversations = n,
            Seed = n,
        },
        [typeof(TrafficProfile)] = n => TrafficProfile.Even with
        {
            Weekdays = [n, 1, 1, 1, 1, 1, 1],
            Hours = [n, .. Enumerable.Repeat(1.0, 23)],
            TimeZone = n == 1 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        },
        [typeof(Varying)] = n => Varying.Between(1_000 * n, 2_500.5 * n),
        [typeof(Uncertain)] = n => Uncertain.Between(1_000 * n, 2_500.5 * n),
        [typeof(Workload)] = n => Workload.Create((WorkloadCall)Make(typeof(WorkloadCall), n)) with { Tasks = n + 0.5m },
        [typeof(WorkloadFile)] = n => WorkloadFile.Read(
            System.Text.Encoding.UTF8.GetBytes($$"""{ "calls": [ { "input": {{n}} } ], "candidates": [ { "model": "m{{n}}" } ] }"""), _ => []),
    };

    /// <summary>Properties that take only some values.</summary>
    private static readonly Dictionary<string, Func<int, object>> Values = new()
    {
        ["Currency"] = n => n == 1 ? "USD" : "EUR",
        ["Growth"] = n => (Uncertain)(n / 8d),
        ["ToolCalls"] = n => (Varying)n,
        ["From"] = n => n == 1 ? "USD" : "EUR",
        ["To"] = n => n == 1 ? "CNY" : "JPY",
        ["HitRate"] = n => (Uncertain)(n / 4d),
        ["RetryRate"] = n => (Uncertain)(n / 8d),
        ["Id"] = n => $"id-{n}",
        ["Probability"] = n => n / 4d,
        ["Quality"] = n => n / 4m,
        ["ReadableAfter"] = n => TimeSpan.FromSeconds(n),
        ["Samples"] = n => 1_000 * n,
        ["SolveRate"] = n => n / 4m,
        ["TimeZone"] = n => n == 1 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        ["Utilization"] = n => n / 4m,
        ["WriteBucket"] = n => n == 1 ? TokenBucket.CacheWrite5m : TokenBucket.CacheWrite1h,
    };

    /// <summary>The public types that hold values: records, and what compares itself.</summary>
    internal static IEnumerable<Type> ValueTypes => Packages.PublicTypes.Where(type =>
        type is { IsInterface: false, IsEnum: false, IsAbstract: false, IsGenericTypeDefinition: false }
        && type.Namespace != "LlmCostModel.Budgets.Stores" // what a store is told and answers stays in memory
        && (type.IsValueType || type.GetInterfaces().Contains(typeof(IEquatable<>).MakeGenericType(type))));

    internal static object Make(Type type, int number)
    {
        if (Makers.TryGetValue(type, out Func<int, object>? maker))
        {
            return maker(number);
        }

        object value = type.GetConstructor(Type.EmptyTypes)?.Invoke(null) ?? RuntimeHelpers.GetUninitializedObject(type);
        foreach (PropertyInfo property in Settable(type))
        {
            property.SetValue(value, MakeFor(property, number));
        }

        return value;
    }

    /// <summary>The same value with one property of another number.</summary>
    internal static object MakeWith(Type type, PropertyInfo property, int number)
    {
        object value = Make(type, 1);
        if (!type.IsValueType && Makers.ContainsKey(type))
        {
            return Make(type, number);
        }

        property.SetValue(value, MakeFor(property, number));
        return value;
    }

    internal static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.Name == "TimeToLive" ? 0 : 1);

    private static object MakeFor(PropertyInfo property, int number) =>
        Values.TryGetValue(property.Name, out Func<int, object>? value) && Fits(value(1), property.PropertyType)
            ? value(number)
            : MakeAny(property.PropertyType, number);

    private static bool Fits(object value, Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsInstanceOfType(value);

    private static object MakeAny(Type type, int number)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            Array members = Enum.GetValues(type);
            return members.GetValue(number % members.Length)!;
        }

        if (type.IsGenericType)
        {
            return MakeCollection(type, type.GetGenericArguments(), number);
        }

        return type.Name switch
        {
            nameof(String) => $"text {number}",
            nameof(Boolean) => number == 1,
            nameof(Int32) => number + 1,
            nameof(Int64) => 10_000L + number,
            nameof(Double) => number / 3d,
            nameof(Decimal) => 0.5m + number,
            nameof(DateTimeOffset) => At(number),
            nameof(DateOnly) => new DateOnly(2026, 11, number),
            nameof(TimeOnly) => new TimeOnly(number, 0),
            nameof(TimeSpan) => TimeSpan.FromHours(number),
            nameof(UInt128) => (UInt128)number,
            nameof(Uri) => new Uri($"https://example.com/{number}"),
            nameof(CachePolicy) => Make(typeof(PrefixCachePolicy), number),
            _ => Make(type, number),
        };
    }

    private static object MakeCollection(Type type, Type[] items, int number)
    {
        object first = MakeAny(items[0], number);
        if (items.Length == 1)
        {
            Array array = Array.CreateInstance(items[0], 1);
            array.SetValue(first, 0);
            return type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                ? typeof(System.Runtime.InteropServices.ImmutableCollectionsMarshal)
                    .GetMethod("AsImmutableArray")!.MakeGenericMethod(items[0]).Invoke(null, [array])!
                : array;
        }

        object second = MakeAny(items[1], number);
        if (type.IsInterface)
        {
            return new Dictionary<string, string> { [(string)first] = (string)second };
        }

        IDictionary empty = (IDictionary)typeof(ImmutableSortedDictionary<,>).MakeGenericType(items).GetField("Empty")!.GetValue(null)!;
        return empty.GetType().GetMethod("SetItem")!.Invoke(empty, [first, second])!;
    }

    private static DateTimeOffset At(int number) => new(2026, 11, 20, number, 30, 15, TimeSpan.Zero);

    /// <summary>A call of tokens, a meter and a fee, partly without a price.</summary>
    private static CostEstimate Estimate(int number) => Estimator(number).Estimate(
        "m", new TokenUsage { Input = 1_000 * number, CacheRead = 7, Output = 20 }, default, [new("WebSearch", 2), new("Unheard", 1)]);

    private static CostEstimator Estimator(int number)
    {
        PriceRule fee = new() { Name = "fee", FixedFee = 0.001m };
        PriceVersion version = new()
        {
            PerMillionTokens = new TokenRates { Input = 2.5m * number, Output = 10 },
            PerMeter = ImmutableSortedDictionary.Create<string, MeterPrice>(StringComparer.OrdinalIgnoreCase).Add("WebSearch", new MeterPrice { Price = 0.01m }),
            Rules = [fee],
        };
        return new(new RateCard { Name = "card", Provider = "provider", Currency = "USD", Models = [new ModelPricing { Id = "m", Versions = [version] }] });
    }
}
