using System.Runtime.InteropServices;

namespace LlmCostModel.Logs;

/// <summary>Where a user's tools keep their files: the home folder, the environment, and the kind of system.</summary>
/// <remarks>The type is immutable.</remarks>
public sealed class AgentHome
{
    private readonly Func<string, string?> _variable;

    /// <summary>Describes a home.</summary>
    /// <param name="folder">The user's home folder.</param>
    /// <param name="variable">Finds a variable of the environment by its name; <see langword="null"/> where it is not set.</param>
    /// <param name="system">The system, which decides where applications keep their data.</param>
    public AgentHome(string folder, Func<string, string?> variable, OSPlatform system)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(variable);
        (Folder, _variable, System) = (folder, variable, system);
    }

    /// <summary>Gets the home of who runs the program, on this machine.</summary>
    public static AgentHome Current => new(
        UserFolder is { Length: > 0 } home ? home : Path.GetFullPath("."),
        Environment.GetEnvironmentVariable,
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux);

    private static string UserFolder =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Gets the home folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the system.</summary>
    public OSPlatform System { get; }

    /// <summary>The value of a variable; null where it is not set or blank.</summary>
    internal string? Variable(string name) => _variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>A path below home.</summary>
    internal string In(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>The folder that a variable names, or else one below home.</summary>
    internal string Or(string variable, params string[] parts) => Variable(variable) ?? In(parts);

    /// <summary>Where applications keep what is the user's.</summary>
    internal string Applications =>
        System == OSPlatform.Windows ? Or("APPDATA", "AppData", "Roaming")
        : System == OSPlatform.OSX ? In("Library", "Application Support")
        : Or("XDG_CONFIG_HOME", ".config");
}
