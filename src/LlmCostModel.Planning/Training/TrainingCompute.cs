namespace LlmCostModel.Planning;

/// <summary>From the size of a model to the hours of training it: 6 N D operations at the share of the peak that is reached.</summary>
/// <remarks>
/// 6 operations per parameter and token: 2 forward, 4 backward (Kaplan et al. 2020, https://arxiv.org/abs/2001.08361). For a mixture of
/// experts N counts the <em>active</em> parameters.
/// The share reached (MFU) is relative to the peak of the precision trained in: half as high on the FP8 peak as on the BF16 peak.
/// </remarks>
public static class TrainingCompute
{
    private const int OperationsPerParameterAndToken = 6;
    private const int SecondsPerHour = 3_600;

    /// <summary>Counts the operations.</summary>
    /// <param name="activeParameters">The parameters that work on each token.</param>
    /// <param name="tokens">The tokens trained on.</param>
    /// <returns>The operations, exactly.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    /// <exception cref="OverflowException">They exceed 7.9 x 10^28.</exception>
    public static decimal ComputeOperations(decimal activeParameters, decimal tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(activeParameters);
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        return OperationsPerParameterAndToken * activeParameters * tokens;
    }

    /// <summary>Computes how many accelerator hours operations take.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="peakPerSecond">The peak of one accelerator, in operations per second.</param>
    /// <param name="utilization">The share of the peak that is reached (MFU), above 0 to 1.</param>
    /// <returns>The hours, correct to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static decimal ComputeGpuHours(decimal operations, decimal peakPerSecond, decimal utilization)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peakPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(utilization);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(utilization, 1);
        return OverPeak(operations, peakPerSecond, utilization);
    }

    /// <summary>Goes from the size of a model to what training it costs, in one step: parameters and tokens to operations, operations to
    /// hours, hours to money.</summary>
    /// <param name="activeParameters">The parameters that work on each token.</param>
    /// <param name="tokens">The tokens trained on.</param>
    /// <param name="peakPerSecond">The peak of one accelerator in the precision trained in, such as <see
    /// cref="Accelerator.PeakBf16"/>.</param>
    /// <param name="utilization">The share of the peak that is reached (MFU), above 0 to 1; published runs reach 0.2 to 0.45.</param>
    /// <param name="hourlyRate">What an accelerator hour costs: rented, or <see cref="OwnedAccelerator.HourlyRate"/>.</param>
    /// <param name="currency">The ISO 4217 code of the currency of the rate.</param>
    /// <returns>The run. <see cref="TrainingRun.NotCounted"/> says what is not in it.</returns>
    /// <exception cref="ArgumentException"><paramref name="currency"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static TrainingRun EstimateRun(
        decimal activeParameters,
        decimal tokens,
        decimal peakPerSecond,
        decimal utilization,
        decimal hourlyRate,
        string currency = CurrencyName.Default) => new()
        {
            GpuHours = ComputeGpuHours(ComputeOperations(activeParameters, tokens), peakPerSecond, utilization),
            HourlyRate = hourlyRate,
            Currency = currency,
        };

    /// <summary>Computes which share of the peak a run reached (MFU). Above 1, one of the figures is wrong.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="peakPerSecond">The peak of one accelerator, in operations per second.</param>
    /// <param name="gpuHours">The accelerator hours.</param>
    /// <returns>The share, correct to 28 digits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static decimal ComputeUtilization(decimal operations, decimal peakPerSecond, decimal gpuHours)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(operations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(peakPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gpuHours);
        return OverPeak(operations, peakPerSecond, gpuHours);
    }

    /// <summary>Operations over what accelerators would do at their peak in so many hours.</summary>
    private static decimal OverPeak(decimal operations, decimal peakPerSecond, decimal hours) =>
        (Rational.From(operations) / (Rational.From(peakPerSecond) * Rational.From(hours) * Rational.From(SecondsPerHour))).ToDecimal(
            out _);
}
