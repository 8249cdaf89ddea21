using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Fills the options from the application's configuration.</summary>
internal sealed class OptionsReader(IConfiguration section, string path) : IConfigureOptions<LlmCostModelOptions>
{
    private static readonly string[] Names = ["RateCards", "Overlays", "Deployments", "Strict", "WeakestMatch", "MaxRateAgeDays"];

    private static readonly string[] OverlayNames = ["Providers", "Models", "Currency", "Rules"];

    private static readonly string[] DeploymentNames = ["Id", "Model", "Provider", "Region"];

    public void Configure(LlmCostModelOptions options) => Read(RateNode.From(section, path), options);

    /// <summary>Adds what a node says to the options.</summary>
    internal static void Read(RateNode root, LlmCostModelOptions options)
    {
        FaultList faults = new();
        ValueReader values = new(faults);
        values.OnlyKnown(root, Names);
        RateCardReader cards = new(faults);
        foreach (RateNode node in root["RateCards"]?.Children ?? [])
        {
            options.RateCards[node.Key] = cards.Card(node, node.Key);
        }

        foreach (RateNode node in root["Overlays"]?.Children ?? [])
        {
            options.Overlays[node.Key] = Overlay(node, values);
        }

        foreach (RateNode node in root["Deployments"]?.Children ?? [])
        {
            if (Deployment(node, values) is { } deployment)
            {
                options.Deployments[values.Text(node["Id"]) ?? node.Key] = deployment;
            }
        }

        options.Strict = values.Flag(root["Strict"]) ?? options.Strict;
        options.WeakestMatch = values.OneOf<MatchKind>(root["WeakestMatch"]) ?? options.WeakestMatch;
        options.MaxRateAgeDays = values.Days(root["MaxRateAgeDays"]) ?? options.MaxRateAgeDays;
        options.ReadingFaults.AddRange(faults.All);
    }

    private static PriceOverlay Overlay(RateNode node, ValueReader values)
    {
        values.OnlyKnown(node, OverlayNames);
        return new PriceOverlay
        {
            Name = node.Key,
            Path = node.Path,
            Providers = values.Texts(node["Providers"]),
            Models = values.Texts(node["Models"]),
            Currency = values.Text(node["Currency"])?.ToUpperInvariant(),
            Rules = new RuleReader(values).Rules(node["Rules"], ImmutableDictionary<string, PriceRule>.Empty),
        };
    }

    /// <summary>A deployment is the id of a model, or an object when there is more to say; its own name is the key, or Id where that holds
    /// a colon.</summary>
    private static ModelDeployment? Deployment(RateNode node, ValueReader values)
    {
        if (node.Value is not null)
        {
            return values.Text(node) is { } id ? new ModelDeployment { Model = id } : null;
        }

        values.OnlyKnown(node, DeploymentNames);
        if (values.Text(node["Model"]) is not { } model)
        {
            values.Faults.Add(node.Path, null, "has no Model.", "Add the id of the model that is deployed.");
            return null;
        }

        return new ModelDeployment { Model = model, Provider = values.Text(node["Provider"]), Region = values.Text(node["Region"]) };
    }
}
