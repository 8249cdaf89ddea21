using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LlmCostModel.Packages.Tests;

/// <summary>One word for one concept, in American spelling: the glossary of docs/concepts.md is the list.</summary>
public sealed partial class WordsTests
{
    /// <summary>Words that another word of the glossary stands for.</summary>
    private static readonly Dictionary<string, string> SecondWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "provider",
        ["hosts"] = "providers",
        ["vendor"] = "provider",
        ["vendors"] = "providers",
        ["supplier"] = "provider",
        ["wire"] = "API",
        ["wires"] = "APIs",
        ["preflight"] = "cost range",
        ["rejection"] = "fault",
        ["suspicion"] = "warning",
        ["shortfall"] = "issue",
        ["dear"] = "expensive",
        ["dearer"] = "costlier",
        ["dearest"] = "costliest",
    };

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Names_AreAmericanAndOfTheGlossary(string package) => AssertNone(
        Assembly.Load(package).GetExportedTypes().SelectMany(NamesOf).Distinct().SelectMany(name => WordsOf(name).Select(word => (name, word))));

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Documentation_IsAmericanAndOfTheGlossary(string package)
    {
        Assembly assembly = Assembly.Load(package);
        string[] types = [.. assembly.GetExportedTypes().Select(type => type.FullName!)];
        (string Name, string Word)[] words =
        [
            .. XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Select(member => (name: member.Attribute("name")!.Value[2..], member))
                .Where(entry => types.Any(type => entry.name == type || entry.name.StartsWith(type + ".", StringComparison.Ordinal)))
                .SelectMany(entry => Prose(entry.member).Select(word => (entry.name, word))),
        ];

        Assert.True(words.Length > 20, $"{words.Length} words: the documentation of {package} was not found.");
        AssertNone(words);
    }

    [Theory]
    [InlineData("Normalise")]
    [InlineData("utilisation")]
    [InlineData("behaviour")]
    [InlineData("cancelled")]
    [InlineData("catalogue")]
    [InlineData("Host")]
    [InlineData("wire")]
    public void Problem_OfABritishOrSecondWord_IsNamed(string word) => Assert.NotNull(Problem(word));

    [Theory]
    [InlineData("otherwise")]
    [InlineData("precise")]
    [InlineData("hour")]
    [InlineData("normalize")]
    [InlineData("provider")]
    public void Problem_OfAnotherWord_IsNone(string word) => Assert.Null(Problem(word));

    private static void AssertNone(IEnumerable<(string Name, string Word)> words)
    {
        string[] problems = [.. words.Where(found => Problem(found.Word) is not null).Select(found => $"{found.Name}: {Problem(found.Word)}")];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    private static string? Problem(string word) =>
        SecondWords.TryGetValue(word, out string? first) ? $"'{word}': say '{first}'"
        : British().IsMatch(word) ? $"'{word}' is British spelling"
        : null;

    private static IEnumerable<string> NamesOf(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        yield return type.Name;
        foreach (MemberInfo member in type.GetMembers(Public))
        {
            yield return $"{type.Name}.{member.Name}";
            foreach (ParameterInfo parameter in (member as MethodBase)?.GetParameters() ?? [])
            {
                yield return $"{type.Name}.{member.Name}.{parameter.Name}";
            }
        }
    }

    private static IEnumerable<string> WordsOf(string name) => Words().Matches(name).Select(match => match.Value);

    /// <summary>The words of a member's documentation, without code and links.</summary>
    private static IEnumerable<string> Prose(XElement member) => member.DescendantNodes().OfType<XText>()
        .Where(text => text.Parent!.Name.LocalName is not ("c" or "code"))
        .SelectMany(text => Prose().Matches(Link().Replace(text.Value, "")))
        .Select(match => match.Value);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();

    [GeneratedRegex("(?<![A-Za-z-])[A-Za-z]+(?![A-Za-z-])")]
    private static partial Regex Prose();

    [GeneratedRegex(@"https?://\S+|\S+\.(com|ai|dev|org)\S*")]
    private static partial Regex Link();

    [GeneratedRegex(
        "^(normali|utili|recogni|seriali|deseriali|optimi|organi|summari|initiali|minimi|maximi|categori|authori|tokeni|synchroni|customi|finali|generali"
        + "|speciali|prioriti|visuali|amorti|randomi|standardi|characteri|emphasi|reali|itemi|capitali|materiali|parametri)s(e|ed|er|ers|es|ing|ation|ations)$"
        + "|^(behavi|col|fav|hon|lab|neighb|rum|flav|hum|harb|vap)our|^(lic|def|off|pret)ences?$|^(catal|anal)ogues?$|^(cent|met|lit|theat|fib)res?$"
        + "|(cance|labe|mode|trave|signa|tota|leve|fue|channe|counse|equa)ll(ed|ing)$|(ana|para|cata)lys(e|ed|es|ing)$|^(judgements?|whilst|amongst|grey|cheques?|programmes?)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex British();
}
