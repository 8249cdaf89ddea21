using System.Security.Cryptography;
using System.Text;

namespace LlmCostModel.Budgets;

/// <summary>Turns values of tags into what a store may know of them: nothing that leads back to them without the secret.</summary>
internal sealed class TagHash(byte[] secret)
{
    /// <summary>HMAC-SHA-256 of <c>tag=value</c>, in hexadecimal digits: the same value of two tags has two hashes.</summary>
    internal string Hash(string tag, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{tag}={value}")));

    internal Dictionary<string, string> Hash(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.ToDictionary(tag => tag.Key, tag => Hash(tag.Key, tag.Value), StringComparer.Ordinal);
}
