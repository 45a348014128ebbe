using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrmWeb.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AddSegments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ExternalId",
                table: "Interactions",
                type: "TEXT",
                maxLength: 120,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ChangedAt",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SubjectId",
                table: "CustomerEvents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EndedWaitMinutes",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EndedWaitSince",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Segments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    NameNormal = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Rule = table.Column<string>(type: "TEXT", maxLength: 16000, nullable: true),
                    IsTimeDriven = table.Column<int>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: true),
                    MemberCount = table.Column<int>(type: "INTEGER", nullable: false),
                    RefreshedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    JudgedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RefreshFailedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ValueProposition = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Message = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Offers = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    PreferredChannels = table.Column<int>(type: "INTEGER", nullable: false),
                    ServiceTierId = table.Column<long>(type: "INTEGER", nullable: true),
                    DeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Segments", x => x.Id);
                    table.UniqueConstraint("AK_Segments_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_Segments_Description_Length", "length(\"Description\") <= 2000");
                    table.CheckConstraint("CK_Segments_Message_Length", "length(\"Message\") <= 4000");
                    table.CheckConstraint("CK_Segments_Name_Length", "length(\"Name\") <= 120");
                    table.CheckConstraint("CK_Segments_NameNormal_Length", "length(\"NameNormal\") <= 240");
                    table.CheckConstraint("CK_Segments_Offers_Length", "length(\"Offers\") <= 4000");
                    table.CheckConstraint("CK_Segments_Rule_Length", "length(\"Rule\") <= 16000");
                    table.CheckConstraint("CK_Segments_ValueProposition_Length", "length(\"ValueProposition\") <= 4000");
                    table.ForeignKey(
                        name: "FK_Segments_Members_TenantId_OwnerId",
                        columns: x => new { x.TenantId, x.OwnerId },
                        principalTable: "Members",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Segments_ServiceTiers_TenantId_ServiceTierId",
                        columns: x => new { x.TenantId, x.ServiceTierId },
                        principalTable: "ServiceTiers",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Segments_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Memberships",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    CustomerId = table.Column<long>(type: "INTEGER", nullable: false),
                    EnteredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LeftAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Memberships", x => x.Id);
                    table.UniqueConstraint("AK_Memberships_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_Memberships_Customers_TenantId_CustomerId",
                        columns: x => new { x.TenantId, x.CustomerId },
                        principalTable: "Customers",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Memberships_Segments_TenantId_SegmentId",
                        columns: x => new { x.TenantId, x.SegmentId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_Memberships_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SegmentNeeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    Need = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Importance = table.Column<int>(type: "INTEGER", nullable: false),
                    Evidence = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SegmentNeeds", x => x.Id);
                    table.UniqueConstraint("AK_SegmentNeeds_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.CheckConstraint("CK_SegmentNeeds_Evidence_Length", "length(\"Evidence\") <= 1000");
                    table.CheckConstraint("CK_SegmentNeeds_Need_Length", "length(\"Need\") <= 300");
                    table.ForeignKey(
                        name: "FK_SegmentNeeds_Segments_TenantId_SegmentId",
                        columns: x => new { x.TenantId, x.SegmentId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SegmentNeeds_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SegmentProducts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    ProductId = table.Column<long>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SegmentProducts", x => x.Id);
                    table.UniqueConstraint("AK_SegmentProducts_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_SegmentProducts_Products_TenantId_ProductId",
                        columns: x => new { x.TenantId, x.ProductId },
                        principalTable: "Products",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_SegmentProducts_Segments_TenantId_SegmentId",
                        columns: x => new { x.TenantId, x.SegmentId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SegmentProducts_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SegmentSizes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Entered = table.Column<int>(type: "INTEGER", nullable: false),
                    Left = table.Column<int>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SegmentSizes", x => x.Id);
                    table.UniqueConstraint("AK_SegmentSizes_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_SegmentSizes_Segments_TenantId_SegmentId",
                        columns: x => new { x.TenantId, x.SegmentId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_SegmentSizes_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "SegmentUses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SegmentId = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedId = table.Column<long>(type: "INTEGER", nullable: false),
                    TenantId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SegmentUses", x => x.Id);
                    table.UniqueConstraint("AK_SegmentUses_TenantId_Id", x => new { x.TenantId, x.Id });
                    table.ForeignKey(
                        name: "FK_SegmentUses_Segments_TenantId_SegmentId",
                        columns: x => new { x.TenantId, x.SegmentId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SegmentUses_Segments_TenantId_UsedId",
                        columns: x => new { x.TenantId, x.UsedId },
                        principalTable: "Segments",
                        principalColumns: new[] { "TenantId", "Id" });
                    table.ForeignKey(
                        name: "FK_SegmentUses_Tenants_TenantId",
                        column: x => x.TenantId,
                        principalTable: "Tenants",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions",
                columns: new[] { "TenantId", "ExternalId" },
                unique: true,
                filter: "\"ExternalId\" IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Interactions_ExternalId_Length",
                table: "Interactions",
                sql: "length(\"ExternalId\") <= 120");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_TenantId_ChangedAt",
                table: "Customers",
                columns: new[] { "TenantId", "ChangedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TenantId_CustomerId_SegmentId",
                table: "Memberships",
                columns: new[] { "TenantId", "CustomerId", "SegmentId" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TenantId_SegmentId_CustomerId",
                table: "Memberships",
                columns: new[] { "TenantId", "SegmentId", "CustomerId" },
                unique: true,
                filter: "\"LeftAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TenantId_SegmentId_EnteredAt",
                table: "Memberships",
                columns: new[] { "TenantId", "SegmentId", "EnteredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Memberships_TenantId_SegmentId_LeftAt",
                table: "Memberships",
                columns: new[] { "TenantId", "SegmentId", "LeftAt" },
                filter: "\"LeftAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SegmentNeeds_TenantId_SegmentId",
                table: "SegmentNeeds",
                columns: new[] { "TenantId", "SegmentId" });

            migrationBuilder.CreateIndex(
                name: "IX_SegmentProducts_TenantId_ProductId",
                table: "SegmentProducts",
                columns: new[] { "TenantId", "ProductId" });

            migrationBuilder.CreateIndex(
                name: "IX_SegmentProducts_TenantId_SegmentId_ProductId",
                table: "SegmentProducts",
                columns: new[] { "TenantId", "SegmentId", "ProductId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Segments_TenantId_NameNormal",
                table: "Segments",
                columns: new[] { "TenantId", "NameNormal" },
                unique: true,
                filter: "\"DeletedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Segments_TenantId_OwnerId",
                table: "Segments",
                columns: new[] { "TenantId", "OwnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Segments_TenantId_ServiceTierId",
                table: "Segments",
                columns: new[] { "TenantId", "ServiceTierId" });

            migrationBuilder.CreateIndex(
                name: "IX_SegmentSizes_TenantId_SegmentId_Day",
                table: "SegmentSizes",
                columns: new[] { "TenantId", "SegmentId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SegmentUses_TenantId_SegmentId_UsedId",
                table: "SegmentUses",
                columns: new[] { "TenantId", "SegmentId", "UsedId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SegmentUses_TenantId_UsedId",
                table: "SegmentUses",
                columns: new[] { "TenantId", "UsedId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Memberships");

            migrationBuilder.DropTable(
                name: "SegmentNeeds");

            migrationBuilder.DropTable(
                name: "SegmentProducts");

            migrationBuilder.DropTable(
                name: "SegmentSizes");

            migrationBuilder.DropTable(
                name: "SegmentUses");

            migrationBuilder.DropTable(
                name: "Segments");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_TenantId_ExternalId",
                table: "Interactions");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Interactions_ExternalId_Length",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Customers_TenantId_ChangedAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ExternalId",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "SubjectId",
                table: "CustomerEvents");

            migrationBuilder.DropColumn(
                name: "EndedWaitMinutes",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "EndedWaitSince",
                table: "Cases");
        }
    }
}
