using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>How people read the fields that a column may mean.</summary>
internal static class FieldLabels
{
    /// <summary>The same in a file of this kind, where a word may say more.</summary>
    public static string Of(ImportOf what, string field, IStringLocalizer L, CustomFieldSet fields) => (what, field) switch
    {
        (ImportOf.Orders, OrderField.ExternalId) => L["Order id"],
        (ImportOf.Interactions, InteractionField.ExternalId) => L["Interaction id"],
        (ImportOf.Orders, OrderField.Product) => L["Product code"],
        _ => Of(field, L, fields),
    };

    /// <param name="field">A name of <see cref="ImportField"/>, or <c>custom.KEY</c>.</param>
    /// <param name="L">The language.</param>
    /// <param name="fields">The custom fields that the reader sees; others have no name.</param>
    public static string Of(string field, IStringLocalizer L, CustomFieldSet fields) => field switch
    {
        _ when field.StartsWith(CustomField.Prefix, StringComparison.Ordinal) => fields.Named(field)?.Label ?? L["A field that is not there any more"],
        ImportField.ExternalId => L["External id"],
        ImportField.Kind => L["Kind"],
        ImportField.Name => L["Name"],
        ImportField.FirstName => L["First name"],
        ImportField.LastName => L["Last name"],
        ImportField.Organisation or "organisationId" => L["Organisation"],
        ImportField.Email => L["E-mail"],
        ImportField.Phone => L["Phone"],
        ImportField.OtherEmails => L["Other e-mails"],
        ImportField.OtherPhones => L["Other phones"],
        ImportField.Website => L["Website"],
        ImportField.Street => L["Street"],
        ImportField.City => L["City"],
        ImportField.Region => L["Region"],
        ImportField.PostalCode => L["Postal code"],
        ImportField.Country => L["Country"],
        ImportField.Industry => L["Industry"],
        ImportField.Language => L["Language"],
        ImportField.PreferredChannel => L["Preferred channel"],
        ImportField.Stage => L["Stage"],
        ImportField.Source => L["Source"],
        ImportField.Owner or "ownerId" => L["Owner"],
        ImportField.Team or "teamId" => L["Team"],
        ImportField.ServiceTier or "serviceTierId" => L["Service tier"],
        ImportField.Tags => L["Tags"],
        ImportField.Description => L["Description"],
        ImportField.CreatedAt => L["Created on"],
        OrderField.Customer => L["Customer"],
        OrderField.CustomerName => L["Name of the customer"],
        OrderField.PlacedAt => L["Placed"],
        OrderField.Channel => L["Channel"],
        OrderField.State => L["State"],
        OrderField.Currency => L["Currency"],
        OrderField.Product => L["Product"],
        OrderField.Quantity => L["Quantity"],
        OrderField.UnitPrice => L["Unit price"],
        OrderField.Total => L["Total"],
        OrderField.Note => L["Notes"],
        InteractionField.OccurredAt => L["When"],
        InteractionField.Direction => L["Direction"],
        InteractionField.Subject => L["Subject"],
        InteractionField.Body => L["Text"],
        InteractionField.Outcome => L["Outcome"],
        InteractionField.Minutes => L["Minutes"],
        InteractionField.Member => L["Member"],
        _ => L["Leave out"],
    };
}

/// <summary>Words of a file for the values of an enum: English and Persian, in any case.</summary>
internal static class CellWords
{
    private static readonly Dictionary<string, CustomerKind> Kinds = Words(
        (CustomerKind.Person, "person|individual|contact|human|شخص|فرد|حقیقی"),
        (CustomerKind.Organisation, "organisation|organization|company|account|business|org|سازمان|شرکت|حقوقی"));

    private static readonly Dictionary<string, LifecycleStage> Stages = Words(
        (LifecycleStage.Lead, "lead|سرنخ"),
        (LifecycleStage.Prospect, "prospect|opportunity|فرصت|مشتری احتمالی"),
        (LifecycleStage.Customer, "customer|client|مشتری"),
        (LifecycleStage.Loyal, "loyal|evangelist|وفادار"),
        (LifecycleStage.Dormant, "dormant|inactive|خاموش|غیرفعال"),
        (LifecycleStage.Churned, "churned|former|lost|رفته|از دست رفته"));

    private static readonly Dictionary<string, Channel> Channels = Words(
        (Channel.Call, "call|phone|telephone|تماس|تلفن"),
        (Channel.Email, "email|mail|e-mail|ایمیل|پست الکترونیک"),
        (Channel.Meeting, "meeting|جلسه"),
        (Channel.Chat, "chat|گفتگو|چت"),
        (Channel.Social, "social|شبکه اجتماعی"),
        (Channel.Visit, "visit|بازدید|مراجعه"),
        (Channel.Note, "note|یادداشت"));

    public static bool Kind(string cell, out CustomerKind kind) => Kinds.TryGetValue(SearchText.Fold(cell), out kind);

    public static bool Stage(string cell, out LifecycleStage stage) => Stages.TryGetValue(SearchText.Fold(cell), out stage);

    public static bool Way(string cell, out Channel channel) => Channels.TryGetValue(SearchText.Fold(cell), out channel);

    public static string Allowed<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    private static Dictionary<string, T> Words<T>(params (T Value, string Names)[] words) =>
        words.SelectMany(word => word.Names.Split('|').Select(name => (Name: SearchText.Fold(name), word.Value))).ToDictionary(w => w.Name, w => w.Value, StringComparer.Ordinal);
}
