namespace LlmCostModel;

/// <summary>The field behind a part of a record that does not make it another one, such as the place where it was read: all are
/// equal.</summary>
internal readonly struct Uncompared<T>(T value) : IEquatable<Uncompared<T>>
{
    internal T Value { get; } = value;

    public bool Equals(Uncompared<T> other) => true;

    public override bool Equals(object? obj) => obj is Uncompared<T>;

    public override int GetHashCode() => 0;
}
