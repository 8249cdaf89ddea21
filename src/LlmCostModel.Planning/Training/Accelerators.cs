using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>Accelerators that models are trained on. Peaks are dense: a data sheet prints twice as much "with sparsity".</summary>
/// <remarks>Figures of Epoch AI's table of chips (https://github.com/epoch-research/training-cost-trends, "Chip dataset", read 2026-11-25),
/// which takes them from the makers' data sheets.</remarks>
public static class Accelerators
{
    private const string Epoch = "Epoch AI, training-cost-trends, Chip dataset";

    /// <summary>Gets all of them, by name.</summary>
    public static ImmutableArray<Accelerator> All { get; } =
    [
        Of("A100", 312, null, 0.4m),
        Of("B200", 2_250, 4_500, 1),
        Of("H100", 989.4m, 1_979, 0.7m),
        Of("H200", 989.5m, 1_979, 0.7m),
        Of("H800", 989, 1_979, 0.7m),
        Of("TPU v4", 275, null, 0.17m),
        Of("TPU v5e", 197, null, 0.14m),
        Of("TPU v5p", 459, null, null),
        Of("TPU v6e", 918, null, null),
        Of("V100", 125, null, 0.3m),
    ];

    /// <summary>Finds an accelerator.</summary>
    /// <param name="name">Its name, such as <c>H100</c>.</param>
    /// <returns>The accelerator; <see langword="null"/> when it is not in the table.</returns>
    public static Accelerator? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(accelerator => accelerator.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static Accelerator Of(string name, decimal bf16Tera, decimal? fp8Tera, decimal? kilowatts) => new()
    {
        Name = name,
        PeakBf16 = bf16Tera * 1_000_000_000_000,
        PeakFp8 = fp8Tera * 1_000_000_000_000,
        Kilowatts = kilowatts,
        Source = Epoch,
    };
}
