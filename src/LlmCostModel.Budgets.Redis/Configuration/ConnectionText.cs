using System.Net;
using StackExchange.Redis;

namespace LlmCostModel.Budgets.Redis.Configuration;

/// <summary>Reads the configuration of a connection, and refuses what would show its password: an address is in every error, and the parser
/// takes a URL with a password in it for one.</summary>
internal static class ConnectionText
{
    private const string Form =
        "Write HOST:PORT and options as StackExchange.Redis does, such as redis-1:6379,ssl=true,password=..., not a URL.";

    /// <exception cref="ArgumentException">The text cannot be read, or names no server. Nothing of it is repeated.</exception>
    internal static ConfigurationOptions Parse(string configuration)
    {
        ConfigurationOptions read;
        try
        {
            read = ConfigurationOptions.Parse(configuration);
        }
        catch (ArgumentOutOfRangeException wrong) // of an option that is known; what it was given may be a password in the wrong place
        {
            throw Refused($"has a value of '{wrong.ParamName}' that it does not take.", nameof(configuration));
        }
        catch (ArgumentException)
        {
            throw Refused("has an option that is not known.", nameof(configuration));
        }

        Check(read.EndPoints, nameof(configuration));
        return read;
    }

    /// <exception cref="ArgumentException">There is no server, or one whose name is none.</exception>
    internal static void Check(IEnumerable<EndPoint> servers, string parameter)
    {
        bool isEmpty = true;
        foreach (EndPoint server in servers)
        {
            isEmpty = false;
            if (server is DnsEndPoint { Host: var host } && !host.All(sign => char.IsLetterOrDigit(sign) || "._-:[]%".Contains(sign)))
            {
                throw Refused("has an address that is not one.", parameter);
            }
        }

        if (isEmpty)
        {
            throw Refused("names no server.", parameter);
        }
    }

    private static ArgumentException Refused(string what, string parameter) =>
        new($"The configuration of the Redis connection {what} {Form}", parameter);
}
