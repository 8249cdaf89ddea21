using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using LlmCostModel.Planning;

namespace LlmCostModel.Packages.Tests;

/// <summary>A list that is not there is an empty one, in every public type: it would fail at every use, far from whoever set it.</summary>
public class AbsentCollectionTests
{
    private static readonly Type[] Lists = [typeof(ImmutableArray<>), typeof(IReadOnlyList<>), typeof(ImmutableSortedDictionary<,>)];

    /// <summary>Types that are nothing without their lists: they refuse to be without.</summary>
    private static readonly Type[] Refusing = [typeof(ForecastLine), typeof(ForecastPlan), typeof(TrafficProfile), typeof(ConversationTraffic), typeof(TrafficCandidate)];

    public static TheoryData<Type> Types => [.. TypesWithLists.Except(Refusing)];

    /// <summary>A plan without lines, weights that are none: refused where they are set.</summary>
    [Fact]
    public void Lists_ThatMustBe_AreRefusedWhereTheyAreNot()
    {
        Assert.Throws<ArgumentException>(() => new ForecastPlan { Start = default, Lines = default });
        Assert.Throws<ArgumentException>(() => TrafficProfile.Even with { Weekdays = default });
        Assert.Throws<ArgumentException>(() => TrafficProfile.Even with { Hours = default });
        Assert.Empty((new ForecastLine { Model = "m", Requests = 1, PromptTokens = 1 } with { OtherTokens = null!, Meters = null! }).Meters);
    }

    private static IEnumerable<Type> TypesWithLists =>
        Packages.PublicTypes.Where(type => type is { IsAbstract: false, IsInterface: false } && ListsOf(type).Any());

    [Theory]
    [MemberData(nameof(Types), DisableDiscoveryEnumeration = true)]
    public void Lists_SetToNothing_AreEmpty(Type type)
    {
        object value = Make(type);
        foreach (PropertyInfo list in ListsOf(type))
        {
            AssertEmpty(list, value);
            list.SetValue(value, DefaultOf(list.PropertyType));
            AssertEmpty(list, value);
        }

        Assert.Equal(value.GetHashCode(), value.GetHashCode());
        Assert.True(value.Equals(value));
        Assert.NotNull(value.ToString());
    }

    [Fact]
    public void TypesWithLists_AreFound() =>
        Assert.Superset(new HashSet<Type> { typeof(RateCard), typeof(PriceRule), typeof(CostReceipt) }, TypesWithLists.ToHashSet());

    private static IEnumerable<PropertyInfo> ListsOf(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.PropertyType.IsGenericType && Lists.Contains(property.PropertyType.GetGenericTypeDefinition())
        where property.SetMethod is { IsPublic: true }
        select property;

    /// <summary>As the framework's binder makes it: with the constructor that there is, and nothing set.</summary>
    private static object Make(Type type)
    {
        ConstructorInfo? constructor = type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length);
        return constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => DefaultOf(parameter.ParameterType))]);
    }

    private static object? DefaultOf(Type type) => type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type) : null;

    private static void AssertEmpty(PropertyInfo list, object value)
    {
        object? read = list.GetValue(value);
        Assert.True(read is not null, $"{list.DeclaringType}.{list.Name} is null");
        bool isDefault = read.GetType().GetProperty(nameof(ImmutableArray<int>.IsDefault))?.GetValue(read) is true;
        Assert.False(isDefault, $"{list.DeclaringType}.{list.Name} is the default array");
        Assert.Empty((System.Collections.IEnumerable)read);
    }
}
