using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Segments;

/// <summary>What a rule names before anybody knows what it means: what a <see cref="RuleWorld"/> must hold to read it.</summary>
public sealed class RuleMentions
{
    private static readonly ILookup<string, RuleKind> Kinded = RuleFields.Customer.Concat(RuleFields.Collections.SelectMany(collection => collection.Fields))
        .Where(field => field.Kind is not null).ToLookup(field => field.Name, field => field.Kind!.Value, StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<RuleKind> kinds = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<long> ids = [];
    private readonly HashSet<string> customKeys = new(StringComparer.Ordinal);

    public IReadOnlySet<RuleKind> Kinds => kinds;

    /// <summary>Folded.</summary>
    public IReadOnlySet<string> Names => names;

    public IReadOnlySet<long> Ids => ids;

    public IReadOnlySet<string> CustomKeys => customKeys;

    /// <summary>Whether it asks when the next contact is due.</summary>
    public bool Rhythm { get; private set; }

    /// <param name="rule">Typed or stored; it need not be right.</param>
    /// <param name="custom">The custom fields, which may name members and customers.</param>
    public static RuleMentions Of(string rule, CustomFieldSet custom) => Of([rule], custom);

    /// <summary>Of all of them.</summary>
    public static RuleMentions Of(IEnumerable<string> rules, CustomFieldSet custom)
    {
        var mentions = new RuleMentions();
        foreach (var token in rules.Where(rule => rule.Length <= Segment.RuleLength).SelectMany(RuleTokens.Read))
        {
            if (token.Kind == RuleTokenKind.Word) mentions.Word(token.Text, custom);
            else if (token.Kind == RuleTokenKind.Id && CustomText.Id(token.Text) is { } id) mentions.ids.Add(id);
            else if (token.Kind == RuleTokenKind.Text) mentions.names.Add(SearchText.Fold(token.Text));
        }

        return mentions;
    }

    public static RuleMentions Of(JsonElement tree, CustomFieldSet custom)
    {
        var mentions = new RuleMentions();
        mentions.Walk(tree, custom);
        return mentions;
    }

    private void Walk(JsonElement tree, CustomFieldSet custom)
    {
        if (tree.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in tree.EnumerateArray()) Walk(item, custom);
        }
        else if (tree.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in tree.EnumerateObject())
            {
                Word(property.Name == "tags" ? "tag" : property.Name, custom);
                Walk(property.Value, custom);
            }
        }
        else if (RuleTreeReader.Text(tree) is { } text)
        {
            Word(text, custom);
            names.Add(SearchText.Fold(text));
            if (text.StartsWith('#') && CustomText.Id(SearchText.Fold(text[1..])) is { } id) ids.Add(id);
        }
    }

    private void Word(string word, CustomFieldSet custom)
    {
        Rhythm |= string.Equals(word, RuleFields.NextContactDue, StringComparison.OrdinalIgnoreCase);
        if (string.Equals(word, "tag", StringComparison.OrdinalIgnoreCase)) kinds.Add(RuleKind.Tag);
        if (string.Equals(word, "segment", StringComparison.OrdinalIgnoreCase)) kinds.Add(RuleKind.Segment);
        // orders.product names a product, whatever is made of it
        foreach (var kind in Kinded[word].Concat(Kinded[word[(word.LastIndexOf('.') + 1)..]])) kinds.Add(kind);
        if (word.StartsWith(RuleFields.OrganisationsOwn, StringComparison.OrdinalIgnoreCase)) word = word[(RuleFields.OrganisationsOwn.Length - CustomField.Prefix.Length)..];
        if (!word.StartsWith(CustomField.Prefix, StringComparison.OrdinalIgnoreCase)) return;
        customKeys.Add(word[CustomField.Prefix.Length..]);
        if (custom.Named(word) is { } field) Custom(field);
    }

    private void Custom(CustomField field)
    {
        if (field.Type == CustomFieldType.Member) kinds.Add(RuleKind.Member);
        if (field.Type == CustomFieldType.Customer) kinds.Add(RuleKind.Customer);
    }
}
