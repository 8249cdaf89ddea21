using LlmCostModel.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlmCostModel;

/// <summary>Registers the built-in catalog with dependency injection.</summary>
public static class CatalogServiceCollectionExtensions
{
    /// <summary>Adds the built-in rate cards and the rules by which hosts write ids. The application's own cards win over them.</summary>
    /// <param name="services">The services, with <c>AddLlmCostModel</c> called before or after.</param>
    /// <returns>The services, for chaining. Calling again changes nothing.</returns>
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRateCardSource, CatalogSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelIdNormaliser, HostIdNormaliser>());
        return services;
    }
}
