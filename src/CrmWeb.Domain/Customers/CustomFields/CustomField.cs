using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>What an admin says about a field; the type is changed apart, for that may cost values.</summary>
/// <param name="Default">In the form of <see cref="CustomText"/>; what a new customer gets.</param>
/// <param name="VisibleTo">None: everybody. An admin sees every field.</param>
public sealed record CustomFieldDetails(
    string Label, string? Help, long? GroupId, bool Required, bool Unique, string? Default, Role VisibleTo, StageSet RequiredAt);

/// <summary>Stages of the life cycle as a set.</summary>
[Flags]
public enum StageSet
{
    None = 0,
    Lead = 1 << LifecycleStage.Lead,
    Prospect = 1 << LifecycleStage.Prospect,
    Customer = 1 << LifecycleStage.Customer,
    Loyal = 1 << LifecycleStage.Loyal,
    Dormant = 1 << LifecycleStage.Dormant,
    Churned = 1 << LifecycleStage.Churned,
}

/// <summary>A field that the tenant added to its customers. Its values are rows (<see cref="CustomValue"/>): no table changes for a field.</summary>
public sealed class CustomField : TenantOwned, IVersioned
{
    public const int KeyLength = 40;
    public const int LabelLength = 80;
    public const int HelpLength = 300;
    public const int DefaultLength = CustomText.TextLength;

    /// <summary>Fields of a tenant, retired ones among them.</summary>
    public const int Most = 500;
    public const int MostOptions = 200;

    /// <summary>What stands before the key wherever a custom field has a name among others: filters, columns, files, history.</summary>
    public const string Prefix = "custom.";

    private CustomField() { }

    /// <exception cref="ArgumentException">The key is not of the form <see cref="IsKey"/> asks for.</exception>
    public CustomField(string key, CustomFieldType type, CustomFieldDetails details, int position)
    {
        if (!IsKey(key)) throw new ArgumentException("A key has a small letter in front, then small letters, digits and underscores.", nameof(key));
        (Key, Type, Position) = (key, type, position);
        Change(details);
    }

    /// <summary>The word in addresses, files and the API; never changes.</summary>
    public string Key { get; private set; } = "";

    public string Label { get; private set; } = "";

    public CustomFieldType Type { get; private set; }

    public long? GroupId { get; private set; }

    public CustomFieldGroup? Group { get; private set; }

    public bool Required { get; private set; }

    public bool Unique { get; private set; }

    public string? Default { get; private set; }

    public string? Help { get; private set; }

    public Role VisibleTo { get; private set; }

    public StageSet RequiredAt { get; private set; }

    /// <summary>Its place within the group.</summary>
    public int Position { get; set; }

    /// <summary>Set while the field is out of use; its values are kept.</summary>
    public DateTime? RetiredAt { get; private set; }

    public int Version { get; private set; }

    public List<CustomFieldOption> Options { get; private set; } = [];

    public string Name => Prefix + Key;

    public static bool IsKey(string? text) =>
        text is { Length: > 0 and <= KeyLength } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>A key for a label: "Favourite roast" is <c>favourite_roast</c>. What has no Latin letters is numbered.</summary>
    public static string KeyFor(string label, IReadOnlyCollection<string> taken)
    {
        var words = string.Concat(SearchText.Fold(label).Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var key = string.Join('_', words).TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (key.Length > KeyLength - 4) key = key[..(KeyLength - 4)].TrimEnd('_');
        if (key.Length > 0 && !taken.Contains(key, StringComparer.Ordinal)) return key;
        var stem = key.Length == 0 ? "field" : key + "_";
        return Enumerable.Range(key.Length == 0 ? 1 : 2, Most + 1).Select(n => FormattableString.Invariant($"{stem}{n}")).First(one => !taken.Contains(one, StringComparer.Ordinal));
    }

    public void Change(CustomFieldDetails details)
    {
        (Label, Help, GroupId) = (details.Label.Trim(), string.IsNullOrWhiteSpace(details.Help) ? null : details.Help.Trim(), details.GroupId);
        (Required, Unique) = (details.Required, details.Unique && Type.MayBeUnique());
        (Default, VisibleTo, RequiredAt) = (Type.MayHaveDefault() && !string.IsNullOrEmpty(details.Default) ? details.Default : null, details.VisibleTo, details.RequiredAt);
    }

    /// <summary>Holds something else from now on. Its values must be brought along by whoever calls this; what the new type cannot have is dropped.</summary>
    public void Become(CustomFieldType type)
    {
        // two values may have become the same one
        (Type, Default, Unique) = (type, null, false);
    }

    /// <summary>What the field would be with another type: to read with, never to be stored.</summary>
    public CustomField As(CustomFieldType type)
    {
        var other = (CustomField)MemberwiseClone();
        other.Become(type);
        return other;
    }

    public void Retire(DateTime now) => RetiredAt ??= now;

    public void BringBack() => RetiredAt = null;

    public bool IsSeenBy(Role roles) => VisibleTo == Role.None || roles.HasFlag(Role.Admin) || (VisibleTo & roles) != Role.None;

    public bool IsRequiredAt(LifecycleStage stage) => Required || RequiredAt.HasFlag((StageSet)(1 << (int)stage));

    public CustomFieldOption? Option(long id) => Options.Find(option => option.Id == id);

    /// <summary>The option of a name, in any way of writing it; one that can be chosen goes before a retired one.</summary>
    public CustomFieldOption? OptionNamed(string name)
    {
        var folded = SearchText.Fold(name);
        return Options.Where(option => option.NameNormal == folded).OrderBy(option => option.RetiredAt is not null).FirstOrDefault();
    }
}
