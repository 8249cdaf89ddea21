using System.Reflection;
using System.Runtime.CompilerServices;

namespace LlmCostModel.Packages.Tests;

/// <summary>Rules that hold for every public type.</summary>
public class DesignRuleTests
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Arrows_PointAtTheCore(string package)
    {
        string[] used = [.. Assembly.Load(package).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("LlmCostModel", StringComparison.Ordinal))];

        Assert.Empty(used.Except(Packages.Allowed(package)));
    }

    [Fact]
    public void Classes_AreSealedOrStatic() =>
        Assert.Empty(Packages.PublicTypes.Where(type => type.IsClass && !type.IsSealed && !IsOpenOnPurpose(type)).Select(type => type.FullName));

    [Fact]
    public void Properties_HaveNoSetter_ExceptOnOptions() =>
        Assert.Empty(from type in Packages.PublicTypes
                     where !type.Name.EndsWith("Options", StringComparison.Ordinal)
                     from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                     where property.SetMethod is { IsPublic: true } setter && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
                     select $"{type.FullName}.{property.Name}");

    [Fact]
    public void Fields_AreNotPublic_ExceptConstants() =>
        Assert.Empty(from type in Packages.PublicTypes
                     where !type.IsEnum
                     from field in type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
                     where !field.IsLiteral && !field.IsInitOnly
                     select $"{type.FullName}.{field.Name}");

    /// <summary>In the core no binary floating point can be given or got; planning uses it for shares and statistics, never for amounts.</summary>
    [Fact]
    public void Amounts_AreNeverBinaryFloatingPoint()
    {
        Type[] binary = [typeof(double), typeof(float), typeof(double?), typeof(float?)];
        IEnumerable<string> found =
            from type in Packages.PublicTypes
            from property in type.GetProperties()
            where binary.Contains(property.PropertyType)
                && (type.Assembly.GetName().Name != "LlmCostModel.Planning" || property.Name.Contains("Amount", StringComparison.Ordinal) || property.Name.Contains("Cost", StringComparison.Ordinal))
            select $"{type.FullName}.{property.Name}";

        Assert.Empty(found);
    }

    /// <summary>A base record with a closed set of kinds: its constructor cannot be called from outside.</summary>
    private static bool IsOpenOnPurpose(Type type) =>
        type.IsAbstract && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).All(constructor => constructor.IsPrivate || constructor.IsAssembly || constructor.IsFamilyAndAssembly || constructor.IsFamily);
}
