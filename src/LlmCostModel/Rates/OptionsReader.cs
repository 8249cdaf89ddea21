using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Fills the options from the application's configuration.</summary>
/// <param name="section">The section with the rates.</param>
/// <param name="whole">The configuration that the section was looked for in; <see langword="null"/> when the application chose the
/// section.</param>
/// <param name="root">The sources that the section comes from; <see langword="null"/> when they are not known.</param>
internal sealed class OptionsReader(IConfigurationSection section, IConfiguration? whole, IConfigurationRoot? root)
    : IConfigureOptions<LlmCostModelOptions>
{
    private static readonly string[] Names =
    [
        "RateCards", "Overlays", "Pools", "Deployments", "Strict", "WeakestMatch", "MaxRateAgeDays", "AllowLossOnReload",
    ];

    private static readonly string[] DeploymentNames = ["Id", "Model", "Provider", "Region"];

    public void Configure(LlmCostModelOptions options)
    {
        if (!section.Exists())
        {
            options.ReadingFaults.Add(MissingSection());
        }

        ConfigNode node = ConfigNode.From(section, section.Path);
        ConfigurationPart[] parts = [.. ConfigurationPart.Find(root, section.Path)];
        FaultList merged = new();
        MergedLists.Warn(node, parts, merged);
        options.Parts.AddRange(parts);
        options.ReadingFaults.AddRange(merged);
        Read(node, options);
    }

    /// <summary>Adds what a node says to the options.</summary>
    internal static void Read(ConfigNode root, LlmCostModelOptions options)
    {
        FaultList faults = new();
        ValueReader values = new(faults);
        values.ReportUnknownKeys(root, Names);
        RateCardReader cards = new(faults);
        OverlayReader overlays = new(values);
        foreach (ConfigNode node in values.ReadParts(root["RateCards"], "a set of rate cards by name"))
        {
            options.KeysRead.Add(node.Key);
            options.RateCards[node.Key] = cards.ReadCard(node, node.Key);
        }

        foreach (ConfigNode node in values.ReadParts(root["Overlays"], "a set of overlays by name"))
        {
            options.KeysRead.Add(node.Key);
            options.Overlays[node.Key] = overlays.Read(node);
        }

        PoolReader pools = new(values);
        foreach (ConfigNode node in values.ReadParts(root["Pools"], "a set of pools by name"))
        {
            options.KeysRead.Add(node.Key);
            options.Pools[node.Key] = pools.Read(node);
        }

        foreach (ConfigNode node in values.ReadParts(root["Deployments"], "a set of deployments by name"))
        {
            if (Deployment(node, values) is { } deployment)
            {
                options.Deployments[values.ReadText(node["Id"]) ?? node.Key] = deployment;
            }
        }

        options.Strict = values.ReadFlag(root["Strict"]) ?? options.Strict;
        options.WeakestMatch = values.ReadOneOf<MatchKind>(root["WeakestMatch"]) ?? options.WeakestMatch;
        options.MaxRateAgeDays = values.ReadDays(root["MaxRateAgeDays"]) ?? options.MaxRateAgeDays;
        options.AllowLossOnReload = values.ReadFlag(root["AllowLossOnReload"]) ?? options.AllowLossOnReload;
        ReportHiddenValues(root, faults);
        options.ReadingFaults.AddRange(faults);
    }

    /// <summary>Two sources of configuration may give one path a value and a set of names; only one of them would be read.</summary>
    private static void ReportHiddenValues(ConfigNode node, FaultList faults)
    {
        if (!string.IsNullOrEmpty(node.Value) && node.Children.Count > 0)
        {
            faults.Add(
                node,
                $"is a value and has names inside ({node.Children[0].Key}): only one of them can be meant.",
                "Look for the source of configuration, such as an environment variable, that gives the other one.");
        }

        foreach (ConfigNode child in node.Children)
        {
            ReportHiddenValues(child, faults);
        }
    }

    /// <summary>With a catalog an application works without its own rates, at other prices than were meant: nobody would notice.</summary>
    private InputFault MissingSection()
    {
        string? meant = ValueReader.FindNearest(whole?.GetChildren().Select(child => child.Key) ?? [], section.Key);
        return new InputFault
        {
            Path = section.Path,
            Problem = "the configuration has no such section, or nothing is in it: none of the application's own rates are in use.",
            Fix = meant is null
                ? "Add it; without your own rates call AddLlmCostModel() without a configuration."
                : $"Did you mean '{meant}'? Rename it to '{section.Key}'.",
            IsWarning = true,
        };
    }

    /// <summary>A deployment is the id of a model, or an object when there is more to say; its own name is the key, or Id where that holds
    /// a colon.</summary>
    private static ModelDeployment? Deployment(ConfigNode node, ValueReader values)
    {
        if (node.Value is not null)
        {
            return values.ReadText(node) is { } id ? new ModelDeployment { Model = id } : null;
        }

        if (node.Children is [var inner]
            && (inner.Value is not null || inner["Model"] is not null)
            && (ValueReader.FindNearest(DeploymentNames, inner.Key) is null || inner.Key.Any(char.IsAsciiDigit)))
        {
            values.Faults.Add(
                node.Path,
                null,
                $"looks like the deployment '{node.Key}:{inner.Key}': configuration keys cannot hold a colon.",
                $"Choose a key without one and write \"Id\": \"{node.Key}:{inner.Key}\" and \"Model\" inside.");
            return null;
        }

        values.ReportUnknownKeys(node, DeploymentNames);
        if (values.ReadText(node["Model"]) is not { } model)
        {
            values.Faults.Add(node.Path, null, "has no Model.", "Add the id of the model that is deployed.");
            return null;
        }

        return new ModelDeployment
        {
            Model = model,
            Provider = values.ReadText(node["Provider"]),
            Region = values.ReadText(node["Region"]),
        };
    }
}
