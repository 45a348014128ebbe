using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddCustomFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FieldsVersion",
                table: "Tenants",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "CustomFieldGroups",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomFieldGroups", x => x.Id);
                    table.UniqueConstraint("AK_CustomFieldGroups_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_CustomFieldGroups_Name_Length", "length(\"Name\") <= 80");
                    table.ForeignKey(
                        name: "FK_CustomFieldGroups_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "CustomFields",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<long>(type: "INTEGER", nullable: true),
                    Required = table.Column<int>(type: "INTEGER", nullable: false),
                    Unique = table.Column<int>(type: "INTEGER", nullable: false),
                    Default = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Help = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    VisibleTo = table.Column<int>(type: "INTEGER", nullable: false),
                    RequiredAt = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomFields", x => x.Id);
                    table.UniqueConstraint("AK_CustomFields_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_CustomFields_Default_Length", "length(\"Default\") <= 200");
                    table.CheckConstraint("CK_CustomFields_Help_Length", "length(\"Help\") <= 300");
                    table.CheckConstraint("CK_CustomFields_Key_Length", "length(\"Key\") <= 40");
                    table.CheckConstraint("CK_CustomFields_Label_Length", "length(\"Label\") <= 80");
                    table.ForeignKey(
                        name: "FK_CustomFields_CustomFieldGroups_TenantId_GroupId",
                        columns: x => new { x.TenantId, x.GroupId },
                        principalTable: "CustomFieldGroups",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomFields_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "CustomFieldOptions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FieldId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    NameNormal = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomFieldOptions", x => x.Id);
                    table.UniqueConstraint("AK_CustomFieldOptions_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_CustomFieldOptions_Name_Length", "length(\"Name\") <= 120");
                    table.CheckConstraint("CK_CustomFieldOptions_NameNormal_Length", "length(\"NameNormal\") <= 240");
                    table.ForeignKey(
                        name: "FK_CustomFieldOptions_CustomFields_TenantId_FieldId",
                        columns: x => new { x.TenantId, x.FieldId },
                        principalTable: "CustomFields",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomFieldOptions_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "CustomValues",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    FieldId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: true),
                    TextNormal = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    Number = table.Column<long>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    OptionId = table.Column<long>(type: "INTEGER", nullable: true),
                    MemberId = table.Column<long>(type: "INTEGER", nullable: true),
                    ReferenceId = table.Column<long>(type: "INTEGER", nullable: true),
                    UniqueKey = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomValues", x => x.Id);
                    table.UniqueConstraint("AK_CustomValues_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_CustomValues_Currency_Length", "length(\"Currency\") <= 3");
                    table.CheckConstraint("CK_CustomValues_Text_Length", "length(\"Text\") <= 8000");
                    table.CheckConstraint("CK_CustomValues_TextNormal_Length", "length(\"TextNormal\") <= 400");
                    table.CheckConstraint("CK_CustomValues_UniqueKey_Length", "length(\"UniqueKey\") <= 400");
                    table.ForeignKey(
                        name: "FK_CustomValues_CustomFieldOptions_TenantId_OptionId",
                        columns: x => new { x.TenantId, x.OptionId },
                        principalTable: "CustomFieldOptions",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomValues_CustomFields_TenantId_FieldId",
                        columns: x => new { x.TenantId, x.FieldId },
                        principalTable: "CustomFields",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomValues_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CustomValues_Customers_TenantId_ReferenceId",
                        columns: x => new { x.TenantId, x.ReferenceId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomValues_Members_TenantId_MemberId",
                        columns: x => new { x.TenantId, x.MemberId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_CustomValues_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_CustomFieldGroups_TenantId_Position",
                table: "CustomFieldGroups",
                columns: new[] { "TenantId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomFieldOptions_TenantId_FieldId_Position",
                table: "CustomFieldOptions",
                columns: new[] { "TenantId", "FieldId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomFields_TenantId_GroupId",
                table: "CustomFields",
                columns: new[] { "TenantId", "GroupId" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomFields_TenantId_Key",
                table: "CustomFields",
                columns: new[] { "TenantId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_CustomerId_FieldId",
                table: "CustomValues",
                columns: new[] { "TenantId", "CustomerId", "FieldId" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_FieldId_Date_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "FieldId", "Date", "CustomerId" },
                filter: "\"Date\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_FieldId_Number_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "FieldId", "Number", "CustomerId" },
                filter: "\"Number\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_FieldId_TextNormal_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "FieldId", "TextNormal", "CustomerId" },
                filter: "\"TextNormal\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_FieldId_UniqueKey",
                table: "CustomValues",
                columns: new[] { "TenantId", "FieldId", "UniqueKey" },
                unique: true,
                filter: "\"UniqueKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_MemberId_FieldId_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "MemberId", "FieldId", "CustomerId" },
                filter: "\"MemberId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_OptionId_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "OptionId", "CustomerId" },
                filter: "\"OptionId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomValues_TenantId_ReferenceId_FieldId_CustomerId",
                table: "CustomValues",
                columns: new[] { "TenantId", "ReferenceId", "FieldId", "CustomerId" },
                filter: "\"ReferenceId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CustomValues");

            migrationBuilder.DropTable(
                name: "CustomFieldOptions");

            migrationBuilder.DropTable(
                name: "CustomFields");

            migrationBuilder.DropTable(
                name: "CustomFieldGroups");

            migrationBuilder.DropColumn(
                name: "FieldsVersion",
                table: "Tenants");
        }
    }
}
