using System.Collections.Frozen;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What a column of an import of interactions may mean; the names are those of the API. Each row is one interaction.</summary>
public static class InteractionField
{
    /// <summary>By what customers are found: their external id, mail, phone or name, as it was chosen.</summary>
    public const string Customer = "customer";

    /// <summary>What a customer that is made is called; otherwise as they were looked for.</summary>
    public const string CustomerName = "customerName";

    /// <summary>What the other program knows the interaction by: a row whose id is there already does nothing.</summary>
    public const string ExternalId = "externalId";
    public const string OccurredAt = "occurredAt";
    public const string Channel = "channel";
    public const string Direction = "direction";
    public const string Subject = "subject";
    public const string Body = "body";
    public const string Outcome = "outcome";

    /// <summary>Whole minutes.</summary>
    public const string Minutes = "minutes";

    /// <summary>Who was in contact: a mail address or full name; whoever imports where nobody is named.</summary>
    public const string Member = "member";

    public static IReadOnlyList<string> All { get; } = [ExternalId, Customer, CustomerName, OccurredAt, Channel, Direction, Subject, Body, Outcome, Minutes, Member, ImportField.Ignore];

    // a column that is just called id may be running numbers of the file
    private static readonly (string Field, string Names)[] Known =
    [
        (Customer, "customer|customer id|customer number|customer external id|external id|client|client id|contact|contact id|account|email|mail|email address|customer email|phone|telephone|phone number|caller|مشتری|شناسه مشتری|کد مشتری"),
        (ExternalId, "interaction id|activity id|engagement id|event id|call id|message id|note id|record id|شناسه تعامل|کد تعامل"),
        (CustomerName, "customer name|client name|contact name|name|نام مشتری"),
        (OccurredAt, "date|occurred|occurred on|when|time|timestamp|start|start time|activity date|due date|created|created at|datum|تاریخ|زمان"),
        (Channel, "type|kind|activity type|medium|via|کانال|نوع"),
        (Direction, "way|call direction|in or out|جهت"),
        (Subject, "title|topic|summary|betreff|موضوع|عنوان"),
        (Body, "text|note|notes|description|comment|comments|message|content|details|یادداشت|متن|توضیحات|شرح"),
        (Outcome, "result|disposition|call result|status|نتیجه"),
        (Minutes, "duration|duration minutes|duration in minutes|length|مدت|دقیقه"),
        (Member, "owner|agent|user|rep|sales rep|assigned to|logged by|by|مسئول|کارشناس"),
    ];

    private static readonly FrozenDictionary<string, string> ByName =
        Known.SelectMany(k => k.Names.Split('|').Append(k.Field).Select(name => (Name: OrderField.Letters(name), k.Field))).DistinctBy(k => k.Name).ToFrozenDictionary(k => k.Name, k => k.Field);

    private static readonly FrozenDictionary<string, Direction> Directions = Words(
        (Domain.Customers.Direction.Inbound, "inbound|in|incoming|received|ورودی|دریافتی"), (Domain.Customers.Direction.Outbound, "outbound|out|outgoing|sent|made|خروجی|ارسالی"));

    private static readonly FrozenDictionary<string, Outcome> Outcomes = Words(
        (Domain.Customers.Outcome.None, "none|هیچ"), (Domain.Customers.Outcome.Reached, "reached|connected|answered|completed|done|پاسخ داد"),
        (Domain.Customers.Outcome.NoAnswer, "no answer|not reached|missed|busy|بی‌پاسخ|پاسخ نداد"), (Domain.Customers.Outcome.LeftMessage, "left message|left voicemail|voicemail|پیام گذاشته شد"),
        (Domain.Customers.Outcome.Interested, "interested|علاقه‌مند"), (Domain.Customers.Outcome.NotInterested, "not interested|بی‌علاقه"),
        (Domain.Customers.Outcome.FollowUp, "follow up|call back|callback|پیگیری"), (Domain.Customers.Outcome.Resolved, "resolved|solved|closed|حل شد"));

    /// <summary>A field for each column.</summary>
    public static string[] For(IReadOnlyList<string> columns)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. columns.Select(column => ByName.TryGetValue(OrderField.Letters(column), out var field) && taken.Add(field) ? field : ImportField.Ignore)];
    }

    internal static Direction? DirectionOf(string text) => Directions.TryGetValue(OrderField.Letters(text), out var direction) ? direction : null;

    internal static Outcome? OutcomeOf(string text) => Outcomes.TryGetValue(OrderField.Letters(text), out var outcome) ? outcome : null;

    private static FrozenDictionary<string, T> Words<T>(params (T Value, string Names)[] words) =>
        words.SelectMany(word => word.Names.Split('|').Select(name => (Name: OrderField.Letters(name), word.Value))).Where(w => w.Name.Length > 0).DistinctBy(w => w.Name).ToFrozenDictionary(w => w.Name, w => w.Value, StringComparer.Ordinal);
}
