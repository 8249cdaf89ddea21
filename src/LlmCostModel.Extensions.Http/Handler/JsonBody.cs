using System.Buffers;

namespace LlmCostModel;

/// <summary>JSON that passes: kept as it is while it is small, which is quickest to read, and without what nobody reads when it is
/// not.</summary>
internal sealed class JsonBody(int maxText, int maxKept, JsonSkeleton.ObjectHandler onObject)
{
    /// <summary>How much is kept as it is.</summary>
    internal const int MaxPlain = 128 * 1024;

    private byte[] _plain = [];
    private int _count;
    private JsonSkeleton? _skeleton;

    /// <summary>What came, as it is; empty once it is cut into objects.</summary>
    internal ReadOnlySpan<byte> Plain => _plain.AsSpan(0, _count);

    internal bool IsTooLarge => _skeleton is { IsTooLarge: true };

    /// <inheritdoc cref="JsonSkeleton.IsList"/>
    internal bool IsList => _skeleton is { IsList: true };

    /// <inheritdoc cref="JsonSkeleton.IsWhole"/>
    internal bool IsWhole => _skeleton is { IsWhole: true };

    internal void Append(ReadOnlySpan<byte> utf8)
    {
        if (_skeleton is null && _count + utf8.Length > MaxPlain)
        {
            Cut();
        }

        if (_skeleton is not null)
        {
            _skeleton.Append(utf8);
            return;
        }

        Reserve(utf8.Length);
        utf8.CopyTo(_plain.AsSpan(_count));
        _count += utf8.Length;
    }

    /// <summary>Cuts what came, and what will come, into objects.</summary>
    internal void Cut()
    {
        if (_skeleton is null)
        {
            _skeleton = new JsonSkeleton(maxText, maxKept, onObject);
            _skeleton.Append(Plain);
            Drop();
        }
    }

    /// <summary>Drops what is kept as it is: bodies may be confidential, so the next user of the buffer must not see them.</summary>
    internal void Drop()
    {
        if (_plain.Length > 0)
        {
            _plain.AsSpan(0, _count).Clear();
            ArrayPool<byte>.Shared.Return(_plain);
        }

        (_plain, _count) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (_count + more > _plain.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + more, Math.Min(_plain.Length * 4, MaxPlain)));
            Plain.CopyTo(larger);
            int count = _count;
            Drop();
            (_plain, _count) = (larger, count);
        }
    }
}
