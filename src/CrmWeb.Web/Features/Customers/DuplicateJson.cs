using System.Text.Json;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Who a customer may be already, as the API tells it.</summary>
/// <param name="Score">How likely, from 40 to 100.</param>
/// <param name="Reasons">same-email, same-phone, same-name, swapped-name, alike-name, same-domain.</param>
[Example("""{"id":41,"kind":"person","name":"Ava Stern","email":"ava@bluedoor.example","phone":"+49 30 1234567","score":90,"reasons":["same-email","same-name"]}""")]
public sealed record DuplicateJson(long Id, CustomerKind Kind, string Name, string? Email, string? Phone, int Score, IReadOnlyList<string> Reasons)
{
    public const int Most = 10;

    public static DuplicateJson Of(LikelyDuplicate found) => new(found.Id, found.Kind, found.Name, found.Email, found.Phone, found.Likeness.Score,
        [.. Enum.GetValues<DuplicateReason>().Where(reason => reason != DuplicateReason.None && found.Likeness.Reasons.HasFlag(reason)).Select(reason => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()))]);
}
