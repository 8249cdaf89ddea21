using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Registers the library with dependency injection.</summary>
public static class LlmCostModelServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ICostEstimator"/>, and the <see cref="CostEstimator"/> that it is, without its own rates: add a
    /// catalog, or rates by another overload.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services, for chaining.</returns>
    public static IServiceCollection AddLlmCostModel(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LlmCostModelOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LlmCostModelOptions>, OptionsValidation>());
        services.AddOptions<RatesAtStart>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RatesAtStart>, RatesAtStart.Validation>(provider =>
            new RatesAtStart.Validation(provider.GetRequiredService<RateStore>)));
        services.TryAddSingleton(provider => RateStore.Create(
            provider.GetRequiredService<IOptionsFactory<LlmCostModelOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<LlmCostModelOptions>>(),
            provider.GetServices<IRateCardSource>(),
            provider.GetServices<IModelIdNormalizer>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>()?.CreateLogger("LlmCostModel") ?? NullLogger.Instance));
        services.TryAddSingleton(provider => new CostEstimator(provider.GetRequiredService<RateStore>()));
        services.TryAddSingleton<ICostEstimator>(provider => provider.GetRequiredService<CostEstimator>());
        return services;
    }

    /// <summary>Registers <see cref="ICostEstimator"/> with rates from configuration. They are validated when the application starts, and a
    /// valid change takes effect while it runs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section with the rates; or the whole configuration, of which the section <c>LlmCostModel</c> is
    /// read. A section that is missing or empty is warned about.</param>
    /// <returns>The services, for chaining. Calling again adds the rates of another section.</returns>
    public static IServiceCollection AddLlmCostModel(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration as IConfigurationSection ?? configuration.GetSection(LlmCostModelOptions.SectionName);
        ConfigurationChangeTokenSource<LlmCostModelOptions> changes = new(section);
        services.AddLlmCostModel();
        IConfiguration? whole = ReferenceEquals(section, configuration) ? null : configuration;

        // A section does not tell where it comes from; it is that of the host, if any.
        services.AddSingleton<IConfigureOptions<LlmCostModelOptions>>(provider => new OptionsReader(
            section, whole, configuration as IConfigurationRoot ?? provider.GetService<IConfiguration>() as IConfigurationRoot));
        services.AddSingleton<IOptionsChangeTokenSource<LlmCostModelOptions>>(changes);
        return services;
    }

    /// <summary>Registers <see cref="ICostEstimator"/> with options set in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services, for chaining.</returns>
    public static IServiceCollection AddLlmCostModel(this IServiceCollection services, Action<LlmCostModelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLlmCostModel();
        services.Configure(configure);
        return services;
    }

    /// <summary>Registers <see cref="ICostEstimator"/> with rate cards made in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="rateCards">The rate cards; one replaces an earlier one of the same name.</param>
    /// <returns>The services, for chaining.</returns>
    public static IServiceCollection AddLlmCostModel(this IServiceCollection services, params RateCard[] rateCards)
    {
        ArgumentNullException.ThrowIfNull(rateCards);
        if (rateCards.Any(card => card?.Name is null))
        {
            throw new ArgumentException("A rate card is null or has no Name. Name it; receipts show the name.", nameof(rateCards));
        }

        return services.AddLlmCostModel(options =>
        {
            foreach (RateCard card in rateCards)
            {
                options.RateCards[card.Name] = card;
            }
        });
    }
}
