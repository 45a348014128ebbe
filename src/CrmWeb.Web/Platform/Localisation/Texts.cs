using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>
/// What people read. The English text is the key; the Persian of all features is read once, at start, from the satellite assembly.
/// One dictionary for the whole product: a word has one translation, wherever it stands.
/// </summary>
public sealed class Texts : IStringLocalizer, IStringLocalizerFactory
{
    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _byLanguage;

    public Texts(Assembly assembly) =>
        _byLanguage = Languages.Translated.ToFrozenDictionary(language => language, language => Read(assembly, language), StringComparer.Ordinal);

    public LocalizedString this[string name]
    {
        get
        {
            var found = Current.TryGetValue(name, out var text);
            return new LocalizedString(name, text ?? name, !found);
        }
    }

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var format = this[name];
            return new LocalizedString(name, string.Format(CultureInfo.CurrentCulture, format.Value, arguments), format.ResourceNotFound);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        Current.Select(pair => new LocalizedString(pair.Key, pair.Value));

    public IStringLocalizer Create(Type resourceSource) => this;

    public IStringLocalizer Create(string baseName, string location) => this;

    private FrozenDictionary<string, string> Current =>
        _byLanguage.GetValueOrDefault(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, None);

    private static FrozenDictionary<string, string> Read(Assembly assembly, string language)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var satellite = assembly.GetSatelliteAssembly(CultureInfo.GetCultureInfo(language));
        foreach (var resource in satellite.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal)))
        {
            using var reader = new ResourceReader(satellite.GetManifestResourceStream(resource)!);
            foreach (DictionaryEntry entry in reader)
            {
                if (entry is { Key: string key, Value: string value } && !texts.TryAdd(key, value))
                    throw new InvalidOperationException($"'{key}' is translated twice; the second time in {resource}.");
            }
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
