using System.Reflection;
using LlmCostModel.TestData;
using PublicApiGenerator;

namespace LlmCostModel.Packages.Tests;

/// <summary>What users can call, one file per package. A change of a file is a change of the contract, and reviewed as one.</summary>
public class PublicSurfaceTests
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void PublicSurface_IsAsReviewed(string package)
    {
        ApiGeneratorOptions options = new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };

        TextSnapshot.Match(Assembly.Load(package).GeneratePublicApi(options), package);
    }
}
