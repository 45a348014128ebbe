using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Imports;

public class ColumnGuessTests
{
    [Theory]
    [InlineData("ID|NAME|BILLINGSTREET|BILLINGCITY|BILLINGSTATE|BILLINGPOSTALCODE|BILLINGCOUNTRY|SHIPPINGSTREET|PHONE|FAX|WEBSITE|INDUSTRY|DESCRIPTION|OWNERID|CREATEDDATE|ORACLE_ID__C",
        "externalId|name|street|city|region|postalCode|country|ignore|phone|ignore|website|industry|description|ignore|createdAt|ignore")]
    [InlineData("Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Lifecycle Stage|Create Date|Associated Company", "externalId|firstName|lastName|email|phone|owner|stage|createdAt|organisation")]
    [InlineData("Company name|Company Domain Name|Country/Region|Company owner", "name|website|country|owner")]
    [InlineData("First Name|Last Name|Company|Business Street|Business City|Business Country/Region|Business Phone|Mobile Phone|E-mail Address|E-mail 2 Address|Web Page|Categories|Notes",
        "firstName|lastName|organisation|street|city|country|phone|otherPhones|email|otherEmails|website|tags|description")]
    [InlineData("First Name|Last Name|Organization Name|E-mail 1 - Label|E-mail 1 - Value|E-mail 2 - Value|Phone 1 - Value|Address 1 - Street|Address 1 - City|Address 1 - Postal Code|Website 1 - Value|Labels",
        "firstName|lastName|organisation|ignore|email|otherEmails|phone|street|city|postalCode|website|tags")]
    [InlineData("نام|نام خانوادگی|شركت|ایمیل|تلفن همراه|شهر|كد پستي|کشور|توضیحات", "firstName|lastName|organisation|email|phone|city|postalCode|country|description")]
    [InlineData("نام|ایمیل", "name|email")]
    [InlineData("Kind|E_MAIL|phone_number|Email|shoe size||", "kind|email|phone|otherEmails|ignore|ignore|ignore")]
    public void For_ColumnsOfOtherPrograms_AreTheFieldsTheyMean(string columns, string fields) => Assert.Equal(fields.Split('|'), ColumnGuess.For(columns.Split('|')));

    [Fact]
    public void For_OurOwnNames_AreThemselves() => Assert.Equal(ImportField.All, ColumnGuess.For([.. ImportField.All]));

    [Fact]
    public void For_ContactCards_KnowsEveryFieldOfThem()
    {
        var fields = ColumnGuess.For(VCards.Columns);
        Assert.Equal(["Department", "Job title", "Fax", "Other websites", "Other addresses", "Birthday"], VCards.Columns.Where((_, i) => fields[i] == ImportField.Ignore));
    }

    [Fact]
    public void For_AnyColumns_GivesEachFieldOnce() =>
        Prop.ForAll(Gen.OneOf(Texts.Any.Generator, Gen.Elements("Name", "Email", "Phone", "Company", "نام", "Tags", "id")).ListOf().ToArbitrary(), columns =>
        {
            var fields = ColumnGuess.For([.. columns]);
            Assert.Equal(columns.Count, fields.Length);
            Assert.All(fields.Where(f => !ImportField.MayRepeat(f)).CountBy(f => f), f => Assert.Equal(1, f.Value));
            Assert.Subset(ImportField.All.ToHashSet(), fields.ToHashSet());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a@example.com; b@example.com", "a@example.com|b@example.com")]
    [InlineData("a@example.com, b@example.com", "a@example.com|b@example.com")]
    [InlineData("* myContacts ::: friends", "* myContacts|friends")]
    [InlineData("+49170;ext=5;+49171", "+49170;ext=5|+49171")]
    [InlineData("a, b\nc; d", "a, b|c; d")]
    [InlineData("a, b; c|d\n", "a, b; c|d")]
    [InlineData(" ", "")]
    public void ManyValues_Split_CutsAtTheStrongestSign(string cell, string values) => Assert.Equal(values, string.Join('|', ManyValues.Split(cell)));
}
