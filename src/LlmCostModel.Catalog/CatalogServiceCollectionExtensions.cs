using LlmCostModel.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Registers the built-in catalog with dependency injection.</summary>
public static class CatalogServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ICostEstimator"/> with the built-in rate cards and the rules by which providers write ids. The
    /// application's own cards win over them.</summary>
    /// <param name="services">The services; <c>AddLlmCostModel</c>, which brings your own rates, may be called before or after.</param>
    /// <returns>The services, for chaining. Calling again changes nothing.</returns>
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddCatalog(() => new CatalogSource());
    }

    /// <summary>Adds the catalog of a file, such as one that <see cref="CatalogFile.DownloadAsync"/> wrote; the built-in cards of other
    /// providers stay.</summary>
    /// <param name="services">The services; <c>AddLlmCostModel</c>, which brings your own rates, may be called before or after.</param>
    /// <param name="path">The file. It is read when the rates are loaded: a file that is not valid stops the start, and keeps the last good
    /// rates at a reload.</param>
    /// <param name="sha256">The SHA-256 that the file must have; <see langword="null"/> to trust it.</param>
    /// <param name="reloadOnChange">Whether the rates are loaded again when the file changes, such as by <see
    /// cref="CatalogFile.DownloadAsync"/>. It is looked at every second, and its new content taken when it is the same twice.</param>
    /// <returns>The services, for chaining. The first call of either overload counts.</returns>
    public static IServiceCollection AddCatalog(
        this IServiceCollection services,
        string path,
        string? sha256 = null,
        bool reloadOnChange = false)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        bool isFirst = !services.Any(service => service.ServiceType == typeof(CatalogSource));
        services.AddCatalog(() => new CatalogSource(path, sha256));
        if (reloadOnChange && isFirst)
        {
            services.AddSingleton<IOptionsChangeTokenSource<LlmCostModelOptions>>(provider => new CatalogFileWatcher(
                provider.GetRequiredService<CatalogSource>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        }

        return services;
    }

    private static IServiceCollection AddCatalog(this IServiceCollection services, Func<CatalogSource> makeSource)
    {
        services.AddLlmCostModel();
        services.TryAddSingleton(_ => makeSource());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRateCardSource, CatalogSource>(provider =>
            provider.GetRequiredService<CatalogSource>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelIdNormalizer, ProviderIdNormalizer>());
        return services;
    }
}
