using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

public sealed class CustomerFormValidator : AbstractValidator<CustomerForm>
{
    public CustomerFormValidator(IStringLocalizer L, CurrentMember me)
    {
        RuleFor(f => f.Name).NotEmpty().WithMessage(_ => L["Please fill this in."]);
        Limit(f => f.Name, CustomerDetails.NameLength);
        Limit(f => f.Street, CustomerDetails.StreetLength);
        Limit(f => f.City, CustomerDetails.PlaceLength);
        Limit(f => f.Region, CustomerDetails.PlaceLength);
        Limit(f => f.PostalCode, CustomerDetails.PostalCodeLength);
        Limit(f => f.Country, CustomerDetails.PlaceLength);
        Limit(f => f.Industry, CustomerDetails.WordLength);
        Limit(f => f.Language, CustomerDetails.WordLength);
        Limit(f => f.Source, CustomerDetails.WordLength);
        Limit(f => f.ExternalId, CustomerDetails.ExternalIdLength);
        Limit(f => f.Description, CustomerDetails.DescriptionLength);
        Limit(f => f.Website, CustomerDetails.WebsiteLength);
        RuleFor(f => f.Website).Must(text => WebAddress.TryNormalise(text, out _)).When(f => IsNew(f, nameof(f.Website), f.Website))
            .WithMessage(_ => L["This is not an address of a web page. Write it like https://example.com."]);
        RuleFor(f => f.TagNames()).Must(names => names.All(name => name.Length <= Tag.NameLength)).OverridePropertyName(nameof(CustomerForm.Tags))
            .WithMessage(_ => L["A tag has at most {0} characters.", Tag.NameLength]);

        var mail = (string text) => text.Length <= CustomerDetails.EmailLength && EmailAddress.TryNormalise(text, out _);
        var phone = (string text) => text.Length <= CustomerDetails.PhoneLength && PhoneNumber.TryNormalise(text, me.Pass.Country, out _);
        Contact(f => f.Email, nameof(CustomerForm.Email), mail, text => L["“{0}” is not an e-mail address.", text]);
        Contact(f => f.Phone, nameof(CustomerForm.Phone), phone, text => L["“{0}” is not a phone number.", text]);
        Contact(f => f.OtherEmails, nameof(CustomerForm.OtherEmails), mail, text => L["“{0}” is not an e-mail address.", text]);
        Contact(f => f.OtherPhones, nameof(CustomerForm.OtherPhones), phone, text => L["“{0}” is not a phone number.", text]);

        void Limit(System.Linq.Expressions.Expression<Func<CustomerForm, string?>> of, int length) =>
            RuleFor(of).MaximumLength(length).WithMessage(_ => L["At most {0} characters fit here.", length]);

        void Contact(System.Linq.Expressions.Expression<Func<CustomerForm, string?>> of, string name, Func<string, bool> isOne, Func<string, LocalizedString> message)
        {
            var read = of.Compile();
            RuleFor(of).Must(text => CustomerForm.Lines(text).Length <= CustomerDetails.MaxOtherContacts)
                .WithMessage(_ => L["At most {0} lines fit here.", CustomerDetails.MaxOtherContacts]);
            RuleFor(of).Must(text => CustomerForm.Lines(text).All(isOne)).When(f => IsNew(f, name, read(f)))
                .WithMessage(f => message(CustomerForm.Lines(read(f)).First(text => !isOne(text))));
        }
    }

    // What an import brought in as it was, and nobody touches now, is no reason to refuse the rest.
    private static bool IsNew(CustomerForm form, string field, string? value) =>
        !string.IsNullOrWhiteSpace(value) && CustomerSeen.Read(form.Seen).GetValueOrDefault(field) != value;
}
